import type { PlanNote, PlanProblem } from '../../core/plan/plan-problem.ts';
import { placeholderNames } from '../../core/text/placeholder.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { drainProblems } from './drain.ts';
import { insteadOfService } from './registry-errors.ts';
import { unread } from './unreadable.ts';
import { registeredTwice, twinAdvice } from './twins.ts';

export const planProblems: Sayings<PlanProblem> = {
  'service-missing': (missing) =>
    `There is no service ${missing.service} in this namespace${insteadOfService(missing)}`,
  'companion-service-missing': (missing) =>
    `The companion ${missing.service} (--companion, or companions in a plan file) is no service of this namespace${insteadOfService(missing)}`,
  'instance-missing': ({ service, instance, similar }) =>
    `${service} has no instance ${instance}${otherwise(similar, 'it has')}.`,
  'host-missing': ({ host, service }) =>
    `${service ?? 'Nothing in this namespace'} is${service === undefined ? '' : ' not'} registered at ${host}.`,
  'cluster-missing': ({ service, cluster, similar }) =>
    `${service} has no instance in cluster ${cluster}${otherwise(similar, 'it has')}.`,
  'companion-missing': ({ instance, companion, found }) =>
    `${companion} is not registered beside ${instance}${otherwise(found, 'it is registered at')}.`,
  'companion-ambiguous': ({ instance, companion, found }) =>
    `${companion} is registered more than once beside ${instance} (${found.join(', ')}): give its port.`,
  'pattern-missing': ({ instance, pattern, similar }) =>
    `Nothing beside ${instance} answers to ${pattern}${otherwise(similar, 'there is')}.`,
  'process-unknown': ({ service, instance }) =>
    `This server does not tell what else the client of ${instance} of ${service} has registered (Nacos 2.2 and later do, to an administrator): name the companions, or give a pattern or ip instead of process.`,
  'in-two-targets': ({ service, instance, targets }) =>
    `${instance} of ${service} stands in two targets, ${targets.join(' and ')}: name it in one only.`,
  'registered-twice': ({ service, instance, twins, clients }) =>
    `${registeredTwice(`${instance} of ${service}`, twins, clients)}. ${twinAdvice} Or exclude it.`,
  'bad-address': ({ service, instance }) =>
    `${instance} of ${service} has neither an IP address nor a host name: exclude it; such an instance is never rolled.`,
  unreadable: ({ service, instance, unread: record }) =>
    `What ${service} has at ${instance} cannot be read (${unread(record)}): it is never rolled; leave it out, or let it register rightly first.`,
  'deploy-missing': ({ service }) =>
    `There is no deploy command for ${service}: give --deploy 'COMMAND', or deploy in the plan or the profile.`,
  drain: ({ service, problem }) => `The drain of ${service} is not right: ${say(drainProblems, problem)}.`,
  'unknown-placeholder': ({ service, setting, placeholder, similar }) =>
    `The ${settingNames[setting]} of ${service} has ${placeholder}, and there is no such placeholder${similar === undefined ? '. There' : `; did you mean ${similar}? There`} are ${placeholderNames.map((name) => `{${name}}`).join(', ')}.`,
  'placeholder-in-line': ({ service, setting, run, placeholder, variable }) =>
    `Nothing is filled into a command line: in the ${lineNames[setting]} of ${service} write "$${variable}" in place of ${placeholder} (${run}).`,
  'login-in-url': ({ service, setting, url }) =>
    `The ${settingNames[setting]} of ${service} has a login in its URL (${url}), which would stand in the journal; give a command that takes it from where it is kept, as 'curl -fsS -K login.curl "http://$NACOS_ROLLOUT_IP:$NACOS_ROLLOUT_PORT/…"'.`,
  'order-key-missing': ({ service }) =>
    `${service} is ordered by metadata without saying which key: give metadata:KEY, or key in the plan.`,
  'zone-key-missing': ({ service, key, similar }) =>
    `No instance of ${service} has ${key} in its metadata, which was to say its zone${otherwise(similar, 'they have')}.`,
  'order-without-evidence': ({ service }) =>
    `${service} is to go by traffic, and nothing tells who is called: give evidence in its drain, as --evidence connections or evidence in the plan.`,
  'metadata-key-missing': ({ service, key, similar, keys, where }) =>
    `No instance of ${service} has ${key} in its metadata${where === undefined ? ', so nobody can tell which are on that version' : ''}${similar === undefined ? otherwise(keys, 'there is') : `; did you mean ${similar}?`}${similar === undefined ? '.' : ''}`,
  'nothing-fits': ({ service, where, found }) =>
    `Of no instance of ${service} ${where.length === 1 ? 'it is true that' : 'all of this is true:'} ${where.join(', ')}${otherwise(found, 'there is')}.`,
  'all-on-version': ({ services }) =>
    `Nothing is left to do: ${services.map(({ service, version }) => `all that was chosen of ${service} is on ${version}`).join('; ')}.`,
  'nothing-to-roll': ({ service, why, instances }) => nothing[why](service, instances),
};

const settingNames = {
  evidence: 'evidence',
  check: 'check',
  soak: 'check of the soak',
  leave: 'call to leave',
  back: 'call to come back',
} as const;

const lineNames = {
  deploy: 'deploy command',
  hooks: 'hook',
  rollback: 'rollback command',
  leave: 'command to leave',
  back: 'command to come back',
  check: 'check',
  warmUp: 'check of the warm-up',
  soak: 'check of the soak',
} as const;

const nothing = {
  empty: (service: string) => `${service} has no instance to roll.`,
  excluded: (service: string) => `Every instance of ${service} is excluded: nothing is left to roll.`,
  unreadable: (service: string) => `No registration of ${service} can be read: there is nothing to roll.`,
  'already-off': (service: string, instances: readonly string[]) =>
    `What is to be rolled of ${service} is off already, ${some(instances)}: enable it first, or set alreadyOff: take-along in the plan.`,
};

export const planNotes: Sayings<PlanNote> = {
  'other-ports': ({ service, ports, instances }) =>
    `The profile names port ${ports.join(', ')} of ${service}, for --ip and --self; this rolls it at any port, ${some(instances)} too. Leave out with --exclude what is not meant.`,
  'already-off': ({ service, instance, isTakenAlong }) =>
    isTakenAlong
      ? `${instance} of ${service} is off already: it is rolled too, and stays off.`
      : `${instance} of ${service} is off already: it is left out.`,
  'no-zone': ({ service, key, instances }) =>
    `Of ${service}, ${some(instances)} ${instances.length === 1 ? 'has' : 'have'} no ${key} in the metadata: taken for a zone of ${instances.length === 1 ? 'its' : 'their'} own.`,
  'on-version': ({ service, version, instances }) =>
    `Left out, as their metadata says that they are on ${version}: ${some(instances)} of ${service}.`,
  'gate-idle': ({ place, what }) =>
    `The gate ${place} (${what}) never comes: nothing in this plan is what it stands ${place.split(':')[0]}.`,
  'nothing-beside': ({ instances, rule }) =>
    rule === 'process'
      ? `The client that registered ${some(instances)} has registered nothing else: ${alone(instances)}. A process may have a second client, as Dubbo’s is: give a pattern for that.`
      : `Nothing else is registered at the ip of ${some(instances)}: ${alone(instances)}.`,
  'left-alone': ({ service, services }) =>
    `Beside ${service}, and left as they are, as nobody calls them: ${some(services)}.`,
  'companions-changed': ({ instance, came, gone }) =>
    `What goes with ${instance} is not what this plan was saved with: ${[
      ...(came.length > 0 ? [`come since and taken along: ${came.join(', ')}`] : []),
      ...(gone.length > 0 ? [`gone since: ${gone.join(', ')}`] : []),
    ].join('; ')}.`,
  'name-like-a-port': ({ typed, companion, other, entry }) =>
    `${typed} is taken for the service ${companion}; ${other} has port ${entry.port} too: for that write companions: [{ service: ${JSON.stringify(entry.service)}, port: ${JSON.stringify(entry.port)} }] in a plan file.`,
};

const alone = ({ length }: readonly string[]): string => (length === 1 ? 'it goes alone' : 'each goes alone');

const namedMax = 12;

/** The first of them, and how many more. */
function some(names: readonly string[]): string {
  const more = names.length - namedMax;
  return more > 0 ? `${names.slice(0, namedMax).join(', ')} and ${more} more` : names.join(', ');
}

function otherwise(names: readonly string[], introduction: string): string {
  return names.length === 0 ? '' : `; ${introduction} ${names.join(', ')}`;
}
