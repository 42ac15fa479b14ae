import type { ConsumerKind } from '../../core/plan/drain-presets.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { Finding } from '../../runner/review/review.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { commandFindings } from './commands.ts';
import { drainFindings } from './drain.ts';
import { forecastText } from './forecast.ts';
import { launchProblems } from './launch-problems.ts';
import { registryErrors } from './registry-errors.ts';
import { readings, refusals } from './step-failures.ts';
import { zoneName } from './zones.ts';
import { unread, unreadableOf } from './unreadable.ts';
import { registeredTwice } from './twins.ts';

const permissions = {
  yes: (service: string) => `We may write to ${service}`,
  no: (service: string) =>
    `This user may not write to ${service}: ask for write permission, or use another user`,
  unknown: (service: string) =>
    `Whether we may write to ${service} cannot be known without writing: the first write will tell`,
};

/** Who goes by the weights of Nacos (src/nacos/README.md, Weights). */
const weighing: Record<ConsumerKind, string> = {
  grpc: 'The client of Nacos does, where it chooses the instance itself (selectOneHealthyInstance).',
  dubbo: 'Dubbo does not: it warms up a new provider by itself.',
  ribbon: 'Ribbon does with NacosRule only.',
  'spring-cloud':
    'Spring Cloud LoadBalancer and Gateway do with spring.cloud.loadbalancer.nacos.enabled=true only: their own round robin takes no notice.',
  legacy: 'An old client does where it chooses the instance itself; under Ribbon only with NacosRule.',
};

export const findings: Sayings<Finding> = {
  reached: ({ version, dialect, nodes }) =>
    `Nacos ${version} answers (${dialect}), ${nodes === 1 ? 'one server node' : `${nodes} server nodes`}.`,
  registry: ({ error }) => say(registryErrors, error),
  locked: (holder) => launchProblems.locked(holder),
  'node-silent': ({ node, error }) =>
    `The server node ${node} does not answer and is not asked during the rollout: ${say(registryErrors, error)}`,
  'node-not-accepted': ({ address }) =>
    `The cluster has a member ${address} that nobody accepted: it is not asked; accept it with --accept-node ${shellWord(address)} or in the profile.`,
  permission: ({ may, service, trial }) => `${permissions[may](service)}${trialText(trial)}.`,
  leader: ({ isThere, isKnown }) => leaderSentence(isThere, isKnown),
  guard: ({ refusal, target }) => `${target} cannot go off: ${say(refusals, refusal)}`,
  capacity: ({ forecast }) => `At the worst ${forecastText(forecast)}.`,
  'last-of-cluster': ({ service, cluster, target }) =>
    `${target} is the last of ${service} on and well in cluster ${cluster}: while it is off, its consumers there call other clusters, or nobody.`,
  'minimum-impossible': ({ service, minimum, wouldWork, wouldWorkPercent }) =>
    `${service} cannot keep a minimum of ${minimum} with one target off: ${wouldWork}${wouldWorkPercent ? `, or ${wouldWorkPercent}%,` : ''} would work.`,
  zones: ({ service, minimum, zones }) =>
    `At the worst ${service} keeps ${zones.map(({ zone, now, after }) => `${after} of ${now} in ${zoneName(zone)}`).join(', ')} (minimum of a zone: ${minimum}).`,
  'zone-minimum-impossible': ({ service, zone, minimum, now, after }) =>
    `${service} cannot keep ${minimum} in ${zoneName(zone)}, where ${now === 1 ? '1 is' : `${now} are`} on and ${now - after} ${now - after === 1 ? 'goes' : 'go'} off at a time: a minimum of ${after} for each zone would work${now - after > 1 ? ', or a smaller batch' : ''}.`,
  'already-off': ({ service, instance, isTakenAlong, isPutOn, takenOff }) => {
    const who =
      takenOff === undefined
        ? ''
        : `, taken off by ${takenOff.command ?? `rollout ${takenOff.rollout}`} (${takenOff.by}, ${takenOff.at})`;
    const along = isPutOn
      ? 'it goes along, and is put on again'
      : 'it goes along, is kept off, and stays off';
    const what = isTakenAlong ? along : 'it is left as it is';
    return `${instance} of ${service} is off already${who}: ${what}.`;
  },
  'part-of-weight': ({ service, instance, weight, full, rollout }) =>
    `${instance} of ${service} has weight ${weight}, which the warm-up of rollout ${rollout} left it with: it gets ${full} back.`,
  unreadable: ({ service, records }) => unreadableOf(service, records),
  'member-unreadable': ({ record }) =>
    `The cluster has a member${record.ip === undefined ? '' : ` ${record.ip}`} that cannot be read (${unread(record)}): unless it is one of ours under another name, it is not asked.`,
  'registered-twice': ({ service, instance, twins }) =>
    `${registeredTwice(`${instance} of ${service}`, twins)}: it counts as one, and is not rolled.`,
  'bad-address': ({ instance }) =>
    `${instance} has neither an IP address nor a host name: it is never rolled.`,
  apart: ({ service, companion, instances, isKnown }) =>
    isKnown
      ? `${service} and ${companion} are registered by the same processes (such as ${instances.join(' and ')}), and each would be deployed twice: make ${companion} a companion of ${service} instead.`
      : `${instances.join(' and ')} share an address: if they are one process, make ${companion} a companion of ${service}; else deploying the one restarts the other while it is on.`,
  'in-two-targets': ({ instance }) => `${instance} stands in two targets of this plan: name it in one only.`,
  probe: ({ target, reading, isDropped, level }) =>
    level === 'good'
      ? `The check of ${target} is good now.`
      : isDropped
        ? `The default check fails on ${target}, which works now (${say(readings, reading)}): instead its registration must stay healthy for 35 s.`
        : `The check fails on ${target} before anything was done (${say(readings, reading)}): correct the check or the instance.`,
  ...drainFindings,
  ...commandFindings,
  'by-traffic': ({ service, order }) =>
    order.every(({ perSecond }) => perSecond === undefined)
      ? `${service} goes by traffic, which was not measured: its sources run commands, which are tried when it is started.`
      : `${service} goes by traffic: ${order.map(({ target, perSecond }) => `${target} (${perSecond === undefined ? 'not known' : `${Math.round(perSecond * 10) / 10}/s`})`).join(', ')}.`,
  'warm-up': ({ service, kinds }) =>
    `${service} warms up only for consumers that go by weights. ${kinds.map((kind) => weighing[kind]).join(' ')}`,
  'warm-up-impossible': ({ version }) =>
    `${version} does not keep every weight that is written, so nothing can warm up there: leave the warm-up out.`,
  'no-memory': ({ version }) =>
    `Nacos ${version} forgets that an instance is off when it deregisters: a restarted one is on for a moment, unless it registers with enabled=false.`,
  'receiver-unreadable': ({ receiver, reference }) =>
    `${receiver} cannot be told of anything: nothing can be read from ${reference}.`,
  'uneven-weight': ({ instance, weight, usual }) =>
    `${instance} has weight ${weight}, the others ${usual}: it carries another share of the traffic.`,
};

/** A write that is sent before anybody said go is named. */
function trialText(trial: { readonly method: string } | undefined): string {
  return trial === undefined ? '' : `; tried with a ${trial.method} for 0.0.0.0:1, where nobody is`;
}

function leaderSentence(isThere: boolean, isKnown: boolean): string {
  if (!isKnown) return 'This server does not say whether it has a Raft leader: the first write will tell.';
  return isThere
    ? 'The server has a Raft leader.'
    : 'The server has no Raft leader and takes no changes: mend the cluster first.';
}
