import type { Path } from '../flaw/flaw.ts';
import { gateTimeoutMs } from '../gate/compile-gates.ts';
import type { FileGate, FileGateCommand } from '../gate/gate-file.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import { formatDuration } from '../text/duration.ts';
import { textOf } from './leaves.ts';

type Value = {
  readonly service: string | undefined;
  readonly setting: string;
  readonly value: string;
  readonly origin: 'plan' | 'service' | 'flag' | 'built-in';
  readonly path?: Path;
};

/** The gates of a plan and of its stages, a value each, and the stages that are a command. Flags say some of a plan. */
export function gatesOfPlan({ gates, stages }: PlanFile, isTyped: boolean): readonly Value[] {
  return [
    ...gatesAt(gates, '', [], { service: undefined, origin: isTyped ? 'flag' : 'plan' }),
    ...stages.flatMap((stage, at) => {
      const who = { service: undefined, origin: 'plan' as const };
      const place: Path = ['stages', at];
      const isCommand = stage.run !== undefined || stage.argv !== undefined;
      return [
        ...gatesAt(stage.gates, `stages[${at}].`, place, who),
        ...(isCommand ? commandAt(stage, `stages[${at}]`, place, who) : []),
      ];
    }),
  ];
}

export function gatesOfService({ service, gates }: PlanFileService, path: Path): readonly Value[] {
  return gatesAt(gates, '', path, { service, origin: 'service' });
}

type Who = Pick<Value, 'service' | 'origin'>;

function gatesAt(
  gates: readonly FileGate[] | undefined,
  within: string,
  path: Path,
  who: Who,
): readonly Value[] {
  return (gates ?? []).flatMap((gate, at) => {
    const setting = `${within}gates[${at}]`;
    const place = who.origin === 'flag' ? {} : { path: [...path, 'gates', at] };
    const whole = { ...who, setting, value: textOf(placeFirst(gate)), ...place };
    return [whole, ...timeoutOf(gate, setting, who)];
  });
}

function placeFirst({ before, after, between, ...gate }: FileGate): object {
  const placed = Object.entries({ before, after, between, ...gate }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(placed);
}

function commandAt(
  { run, argv, timeout, retries, wait, onFailure }: FileGateCommand,
  setting: string,
  path: Path,
  who: Who,
): readonly Value[] {
  const command = { run, argv, timeout, retries, wait, onFailure };
  const said = Object.entries(command).flatMap(([key, value]): readonly Value[] =>
    value === undefined
      ? []
      : [{ ...who, setting: `${setting}.${key}`, value: textOf(value), path: [...path, key] }],
  );
  return [...said, ...timeoutOf(command, setting, who)];
}

function timeoutOf(
  { run, argv, timeout }: FileGateCommand,
  setting: string,
  { service }: Who,
): readonly Value[] {
  if ((run === undefined && argv === undefined) || timeout !== undefined) return [];
  return [
    { service, setting: `${setting}.timeout`, value: formatDuration(gateTimeoutMs), origin: 'built-in' },
  ];
}
