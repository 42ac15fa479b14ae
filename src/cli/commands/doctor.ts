import { exitCodes } from '../../core/rollout/outcome.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import { isNamed } from '../../core/registry/service.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import { type Examination, type Placed, examine } from '../../doctor/examine.ts';
import { isForPeople, isMended, mend, mendable } from '../../doctor/mend.ts';
import { endable } from '../../doctor/overtaken.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { sayingSilence } from '../io/say-silence.ts';

export type DoctorFlags = ConnectionFlags & {
  readonly yes?: boolean;
  readonly gone?: readonly string[];
  readonly json?: boolean;
};

/** What is off and why, what was left behind, what is unfit; and mends what is ours. Exit 3 when something stays off. */
export async function doctor(cli: Cli, flags: DoctorFlags): Promise<number> {
  const ports = await cli.ports();
  const { env, isTerminal } = cli.input;
  const watch = sayingSilence(cli, ports.clock);
  const examination = await examine({
    ...ports,
    env,
    isTerminal,
    connect: (spec) => ports.connect(spec, undefined, watch),
    meant: resolveSpec(flags, env, ports.profiles),
  });
  const { found, placed } = examination;
  say(cli, flags, found);
  const wrong = (flags.gone ?? []).find((name) => !isLeftOff(placed, name));
  const mended = wrong === undefined ? await mendAll(cli, ports, flags, examination) : [];
  if (wrong !== undefined) refuseUsage(cli, cli.words.cli.mend.notOff(wrong));
  say(cli, flags, mended);
  await examination.close();
  return wrong === undefined ? codeAfter(found, mended) : exitCodes.usage;
}

function isLeftOff(placed: readonly Placed[], name: string): boolean {
  return placed.some(({ left, open }) => !open.isRunning && isNamed(left.registration, name));
}

function say({ output, words, input }: Cli, { json }: DoctorFlags, found: readonly Diagnosis[]): void {
  if (json) for (const ailment of found) output.json(ailment);
  else {
    const { good, warning, refused } = words.cli.review;
    const marks = { good, warning, bad: refused };
    output.data(
      ...found.map((ailment) => `${marks[ailment.level]} ${words.ailment(ailment, input.isTerminal)}`),
    );
  }
}

/** At a terminal it asks; with --yes it mends; else it only tells how. */
async function mendAll(
  cli: Cli,
  ports: CommandPorts,
  flags: DoctorFlags,
  examination: Examination,
): Promise<readonly Diagnosis[]> {
  const { words, input, output } = cli;
  const ours = mendable(examination.placed);
  const isMore =
    ports.doctor.locks().some(({ isDead }) => isDead) || endable(examination.overtaken).length > 0;
  const { gone = [] } = flags;
  const isAsked = flags.yes === true || gone.length > 0;
  if (ours.length === 0 && !isMore && !isAsked) return [];
  // Who says what is gone has decided, and asked for nothing else.
  if (!isAsked) {
    if (!isMore && ours.every(isForPeople)) return [];
    if (!input.isTerminal || flags.json === true) {
      output.talk(words.cli.mend.how);
      return [];
    }
    if ((await ask(cli, words.cli.mend.ask))?.trim() !== 'yes') return [];
  }
  const isPuttingOn = flags.yes === true || gone.length === 0;
  return mend(ports.doctor, examination, { isPuttingOn, gone });
}

/** What was off and is not mended is off still. */
function codeAfter(found: readonly Diagnosis[], mended: readonly Diagnosis[]): number {
  const isPutOn = (target: string, rollout: string): boolean =>
    mended.some(
      (one) =>
        one.kind === 'mended' &&
        one.rollout === rollout &&
        one.mended.target === target &&
        isMended(one.mended),
    );
  const isOff = found.some(
    (one) => one.kind === 'off-by-us' && one.level === 'bad' && !isPutOn(one.left.target, one.left.rollout),
  );
  if (isOff) return exitCodes.someOff;
  const errors = found.flatMap((one) => (one.kind === 'unreachable' ? [one.error.kind] : []));
  if (errors.some((kind) => kind !== 'namespace-missing')) return exitCodes.unreachable;
  if (errors.length > 0) return exitCodes.usage;
  if (found.some(({ kind }) => kind === 'journal')) return exitCodes.usage;
  return found.some(({ level }) => level === 'bad') && mended.length === 0
    ? exitCodes.failed
    : exitCodes.done;
}
