import { rolledNames } from '../../core/plan/plan.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { fullName } from '../../core/registry/service-name.ts';
import { type Instance, type ServiceId, endpointText } from '../../core/registry/service.ts';
import { type ConnectionFlags, flagsFrom } from '../../profiles/connection-flags.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { type RunFlags, run } from '../commands/run.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { connect } from '../io/connect.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import { attach } from '../rollout-commands/attach.ts';
import { statusLines } from '../status/status-lines.ts';
import { resume } from '../rollout-commands/resume.ts';
import { type Choice, askOne, askSome } from './ask-number.ts';

/** What the console does, in lines that are only added to. It ends as the command does that it leads to. */
export async function guide(cli: Cli, flags: ConnectionFlags): Promise<number> {
  if (!cli.input.isTerminal) return refuseUsage(cli, cli.words.cli.noTerminal);
  const said = cli.words.guide;
  cli.output.talk(said.title);
  const ports = await cli.ports();
  const open = await chooseOpen(cli, ports);
  if (open === undefined) return left(cli);
  if (open !== 'new') return open.isRunning ? attach(cli, {}, open.id) : carryOn(cli, ports, open);
  const profile = await chooseProfile(cli, ports, flags);
  if (!profile.ok) return profile.code;
  const reached = await connect(cli, profile.flags);
  if (!reached.ok) return reached.code;
  const { registry, spec } = reached.connected;
  try {
    const services = await registry.services(spec.namespace, '');
    if (!services.ok) return refuseRegistry(cli, services.error);
    const choices = services.value.items.map((service) => ({
      text: said.service(service.service, service.group, service.on, service.off, service.ill),
      value: service,
    }));
    if (choices.length === 0) return refuseUsage(cli, cli.words.cli.noServices(spec.namespace));
    const service = await askOne(cli, said.whichService(spec.profile, spec.isProduction), choices);
    if (service === undefined) return left(cli);
    const listed = await registry.instances(service);
    if (!listed.ok) return refuseRegistry(cli, listed.error);
    const instances = listed.value?.items ?? [];
    if (instances.length === 0) return refuseUsage(cli, cli.words.cli.noInstances(service.service));
    const chosen = await askSome(
      cli,
      said.whichInstances,
      instances.map((one) => instanceChoice(cli, one)),
    );
    if (chosen.length === 0) return left(cli);
    return await rollOut(cli, profile.flags, service, chosen);
  } finally {
    await registry.close();
  }
}

/** As the console asks: `resume` takes whoever typed it at its word, and here a number was typed. */
async function carryOn(cli: Cli, ports: CommandPorts, open: OpenRollout): Promise<number> {
  cli.output.talk(...statusLines(cli, open, [], ports.profiles));
  const isYes = (await ask(cli, cli.words.guide.carryOn(open.id)))?.trim() === 'yes';
  return isYes ? resume(cli, {}, open.id) : left(cli);
}

function left({ output, words }: Cli): number {
  output.talk(words.cli.notStarted);
  return exitCodes.done;
}

/** A rollout that runs or stands still comes before a new one. */
async function chooseOpen(cli: Cli, ports: CommandPorts): Promise<OpenRollout | 'new' | undefined> {
  const said = cli.words.guide;
  const { rollouts } = await ports.launcher.all();
  const open = rollouts.filter(
    ({ rollout: { ended, planned } }) => ended === undefined && planned.command === undefined,
  );
  if (open.length === 0) return 'new';
  const services = ({ rollout }: OpenRollout): string => rolledNames(planOf(rollout)).join(', ');
  const choices: readonly Choice<OpenRollout | 'new'>[] = [
    ...open.map((one) => ({ text: said.open(one.isRunning, one.id, services(one)), value: one })),
    { text: said.rollNew, value: 'new' },
  ];
  return askOne(cli, said.whatNow, choices);
}

type Profile =
  | { readonly ok: true; readonly flags: ConnectionFlags }
  | { readonly ok: false; readonly code: number };

async function chooseProfile(cli: Cli, ports: CommandPorts, flags: ConnectionFlags): Promise<Profile> {
  const given = [flags, flagsFrom(cli.input.env)];
  if (given.some(({ server, profile }) => server !== undefined || profile !== undefined))
    return { ok: true, flags };
  const stored = ports.profiles.read();
  if (!stored.ok) return { ok: false, code: refuseUsage(cli, cli.words.profiles.problem(stored.problem)) };
  const { profiles, current } = stored.value;
  const names = Object.keys(profiles).toSorted(
    (a, b) => Number(b === current) - Number(a === current) || (a < b ? -1 : 1),
  );
  const [only] = names;
  if (only === undefined) return { ok: false, code: refuseUsage(cli, cli.words.cli.profile.none) };
  const choices = names.map((name) => ({
    text: `${name}  ${profiles[name]?.servers.join(' ') ?? ''}`,
    value: name,
  }));
  const profile = names.length === 1 ? only : await askOne(cli, cli.words.guide.whichProfile, choices);
  return profile === undefined ? { ok: false, code: left(cli) } : { ok: true, flags: { ...flags, profile } };
}

function instanceChoice({ words }: Cli, one: Instance): Choice<Instance> {
  const { on, off, ill } = words.cli.table;
  const state = one.enabled ? (one.healthy ? on : ill) : off;
  return { text: words.guide.instance(endpointText(one), state, one.weight, one.cluster), value: one };
}

/** A rehearsal first, if wanted; both have a review, and the real one its own question. */
async function rollOut(
  cli: Cli,
  flags: ConnectionFlags,
  service: ServiceId,
  chosen: readonly Instance[],
): Promise<number> {
  const said = cli.words.guide;
  const deploy = (await ask(cli, said.deploy))?.trim();
  if (deploy === undefined) return left(cli);
  const what: RunFlags = {
    ...(flags as RunFlags),
    service: fullName(service),
    instance: chosen.map(endpointText),
    ...(deploy !== '' && { deploy }),
  };
  for (;;) {
    const how = await askOne(cli, said.how, [
      { text: said.rehearse, value: 'rehearse' as const },
      { text: said.start, value: 'start' as const },
    ]);
    if (how === undefined) return left(cli);
    if (how === 'start') return run(cli, what);
    const code = await run(cli, { ...what, dryRun: true });
    if (code !== exitCodes.done) return code;
  }
}
