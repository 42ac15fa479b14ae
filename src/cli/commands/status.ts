import { exitCodes } from '../../core/outcome.ts';
import { type Rollout, isActive, offByUs, planOf } from '../../core/rollout.ts';
import type { OpenRollout } from '../../runner/face-ports.ts';
import type { Cli } from '../cli-ports.ts';
import { registrationName } from '../event-line.ts';
import { refuseLaunch } from '../exit.ts';
import { serviceNames } from '../review-text.ts';
import { table } from '../table.ts';

type StatusFlags = { readonly json?: boolean };

/** Where rollouts stand. Exit code 3 when one is left with something off and nobody at it. */
export async function status(cli: Cli, flags: StatusFlags, id: string | undefined): Promise<number> {
  const { output, words } = cli;
  const ports = await cli.ports();
  const all = await ports.launcher.all();
  const meant = all.filter((open) => (id === undefined ? open.rollout.ended === undefined : open.id === id));
  if (id !== undefined && meant.length === 0) return refuseLaunch(cli, { kind: 'no-such-rollout', id });
  if (flags.json) output.json(meant.map(summary));
  else if (meant.length === 0) output.talk(words.cli.nothingOpen);
  else for (const open of meant) output.data(...statusLines(cli, open));
  const isLeft = meant.some((open) => !open.isRunning && offByUs(open.rollout).length > 0);
  return isLeft ? exitCodes.someOff : exitCodes.done;
}

/** Every rollout of this machine, newest first. */
export async function history(cli: Cli, flags: StatusFlags): Promise<number> {
  const { output, words } = cli;
  const ports = await cli.ports();
  const all = await ports.launcher.all();
  if (flags.json) output.json(all.map(summary));
  else if (all.length === 0) output.talk(words.cli.noHistory);
  else {
    const { rollout, planned, by, services, outcome } = words.cli.table;
    const rows = all.map((open) => [
      open.id,
      open.rollout.plannedAt,
      open.rollout.planned.by,
      serviceNames(planOf(open.rollout)),
      open.rollout.ended?.outcome ?? words.cli.status.state[stateOf(open)],
    ]);
    output.data(...table([[rollout, planned, by, services, outcome], ...rows]));
  }
  return exitCodes.done;
}

type State = 'running' | 'paused' | 'stuck' | 'rested' | 'gone' | 'ended';

function stateOf({ rollout, isRunning }: OpenRollout): State {
  if (rollout.ended !== undefined) return 'ended';
  if (!isRunning) return rollout.rested === undefined ? 'gone' : 'rested';
  if (rollout.targets.some(({ phase }) => phase === 'stuck')) return 'stuck';
  return rollout.paused === undefined ? 'running' : 'paused';
}

function summary(open: OpenRollout): object {
  const { rollout, id, directory, isRunning } = open;
  return {
    rollout: id,
    directory,
    plannedAt: rollout.plannedAt,
    by: rollout.planned.by,
    state: stateOf(open),
    isRunning,
    outcome: rollout.ended?.outcome ?? rollout.rested?.why ?? null,
    exitCode: rollout.ended?.exitCode ?? rollout.rested?.exitCode ?? null,
    off: offNames(rollout),
    marks: markNames(rollout),
    targets: rollout.targets.map(({ name, phase, step, result, failure }) => ({
      target: name,
      phase,
      step,
      result: result ?? null,
      failure: failure ?? null,
    })),
  };
}

function statusLines(cli: Cli, open: OpenRollout): readonly string[] {
  const { words } = cli;
  const { rollout } = open;
  const say = words.cli.status;
  const names = (wanted: (target: Rollout['targets'][number]) => boolean): readonly string[] =>
    rollout.targets.filter(wanted).map(({ name }) => name);
  const done = names(
    ({ result }) =>
      result === 'done' || result === 'put-on' || result === 'put-back' || result === 'rolled-back',
  );
  const under = rollout.targets.filter(isActive).map(({ name, step }) => `${name} (${step})`);
  const toDo = names(({ phase, result }) => phase === 'waiting' || result === 'untouched');
  const off = offNames(rollout);
  const marks = markNames(rollout);
  const failures = rollout.targets.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  return [
    `${say.head(open.id, serviceNames(planOf(rollout)), rollout.planned.by, rollout.plannedAt)}: ${say.state[stateOf(open)]}`,
    ...(done.length > 0 ? [say.done(done)] : []),
    ...(off.length > 0 ? [say.off(off)] : []),
    ...(marks.length > 0 ? [say.marks(marks)] : []),
    ...(under.length > 0 ? [say.under(under)] : []),
    ...(toDo.length > 0 ? [say.toDo(toDo)] : []),
    ...failures.map(({ why }) => say.why(words.failures.failure(why))),
  ];
}

function offNames(rollout: Rollout): readonly string[] {
  return offByUs(rollout).map(({ target, registration }) =>
    registrationName(rollout, target.name, registration),
  );
}

/** Where a mark of ours waits for whoever registers next: what is off and away, and addresses that a target had before. */
function markNames(rollout: Rollout): readonly string[] {
  const away = offByUs(rollout).flatMap(({ target, registration }) =>
    target.registrations[registration]?.isAway === true
      ? [registrationName(rollout, target.name, registration)]
      : [],
  );
  return [...away, ...rollout.targets.flatMap(({ marksLeft }) => marksLeft)];
}
