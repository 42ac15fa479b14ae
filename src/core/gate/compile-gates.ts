import { type CommandFile, commandOf } from '../hooks/command.ts';
import { millisecondsOf } from '../text/duration.ts';
import type { FileGate, FileGateCommand } from './gate-file.ts';
import type { Gate, GatePlace } from './gate.ts';

/** How long the command of a gate may take, where a plan file does not say. */
export const gateTimeoutMs = 600_000;

type Gates = { readonly gates?: readonly FileGate[] | undefined };

/** The parts of a plan between which gates may stand. */
export type GatedPlan = Gates & {
  readonly stages: readonly (Gates & {
    readonly name: string;
    /** It is this, and has no services. */
    readonly command?: FileGateCommand | undefined;
    readonly services: readonly (Gates & {
      readonly name: string;
      /** The numbers of its batches in the plan, in order. */
      readonly batches: readonly number[];
    })[];
  })[];
};

type Part = GatePlace['of'];
type Many = NonNullable<FileGate['between']>;
/** A gate whose name may stand there twice. */
type Draft = Gate & { readonly isNamed: boolean; readonly written: FileGate };

const manyOf: Readonly<Record<Part, Many | undefined>> = {
  rollout: undefined,
  stage: 'stages',
  service: 'services',
  batch: 'batches',
};

/** All gates of a plan in the order in which they are passed: what is outside begins first, and ends last. */
export function compileGates(plan: GatedPlan): readonly Gate[] {
  return withUniqueNames(draftsOf(plan).toSorted((one, other) => one.batch - other.batch));
}

/** Those that never come: nothing in the plan is what they stand before, after or between. */
export function idleGates(plan: GatedPlan): readonly FileGate[] {
  const coming = new Set(draftsOf(plan).map(({ written }) => written));
  const levels = [plan, ...plan.stages.flatMap((stage) => [stage, ...stage.services])];
  return gatesOf(levels).filter((gate) => !coming.has(gate));
}

function draftsOf(plan: GatedPlan): readonly Draft[] {
  const drafts: Draft[] = [];
  let batch = 0;
  /** Of the plan first, then what lies in it. */
  let levels: readonly Gates[] = [plan];
  const put = (gates: readonly FileGate[], place: GatePlace): void => {
    for (const gate of gates) drafts.push(draftOf(gate, batch, place));
  };
  const begin = (place: GatePlace): void => put(before(levels, place), { ...place, side: 'before' });
  const end = (place: GatePlace, isLast: boolean): void =>
    put(after(levels.toReversed(), place, isLast), { ...place, side: 'after' });
  const within = (level: Gates, act: () => void): void => {
    const outside = levels;
    levels = [...outside, level];
    act();
    levels = outside;
  };

  begin({ side: 'before', of: 'rollout' });
  for (const [at, stage] of plan.stages.entries()) {
    const ofStage = { side: 'at', of: 'stage', stage: stage.name } as const;
    within(stage, () => {
      begin(ofStage);
      if (stage.command !== undefined)
        drafts.push(draftOf({ ...stage.command, name: stage.name }, batch, ofStage));
      for (const [index, service] of stage.services.entries())
        within(service, () => {
          const ofService = { ...ofStage, of: 'service', service: service.name } as const;
          batch = service.batches[0] ?? batch;
          begin(ofService);
          for (const [count, number] of service.batches.entries()) {
            const ofBatch = { ...ofService, of: 'batch', batch: count + 1 } as const;
            batch = number;
            begin(ofBatch);
            batch = number + 1;
            end(ofBatch, count === service.batches.length - 1);
          }
          end(ofService, index === stage.services.length - 1);
        });
      // Side by side, the last one need not be the one that ends last.
      batch = Math.max(batch, ...stage.services.flatMap(({ batches }) => batches.map((one) => one + 1)));
      end(ofStage, at === plan.stages.length - 1);
    });
  }
  end({ side: 'after', of: 'rollout' }, true);
  return drafts;
}

function before(levels: readonly Gates[], { of, batch }: GatePlace): readonly FileGate[] {
  return gatesOf(levels).filter(({ before }) => before === of || (of === 'batch' && before === batch));
}

/** `isLast`: nothing of its kind follows, so that nothing stands between. */
function after(levels: readonly Gates[], { of, batch }: GatePlace, isLast: boolean): readonly FileGate[] {
  return gatesOf(levels).filter(
    ({ after, between }) =>
      after === of ||
      (of === 'batch' && after === batch) ||
      (!isLast && between !== undefined && between === manyOf[of]),
  );
}

function gatesOf(levels: readonly Gates[]): readonly FileGate[] {
  return levels.flatMap(({ gates }) => gates ?? []);
}

function draftOf(gate: FileGate, batch: number, place: GatePlace): Draft {
  const common = { name: gate.name ?? '', isNamed: gate.name !== undefined, written: gate, batch, place };
  if (gate.pause !== undefined) return { kind: 'person', ...common, text: gate.pause };
  if (gate.sleep !== undefined) return { kind: 'time', ...common, ms: millisecondsOf(gate.sleep, 0) };
  const onFailure = gate.onFailure && { onFailure: gate.onFailure };
  if (gate.soak !== undefined)
    return { kind: 'soak', ...common, ms: millisecondsOf(gate.soak, 0), ...onFailure };
  const command = commandOf(fileCommandOf(gate), gateTimeoutMs);
  return { kind: 'command', ...common, command, ...onFailure };
}

function fileCommandOf({ run = '', argv, timeout, retries, wait }: FileGateCommand): CommandFile {
  const tries = { timeout, retries, wait };
  return argv === undefined ? { run, ...tries } : { argv, ...tries };
}

/** One that bears no name has its number; of several of one name the later ones have a number too. */
function withUniqueNames(drafts: readonly Draft[]): readonly Gate[] {
  const taken = new Set(drafts.filter(({ isNamed }) => isNamed).map(({ name }) => name));
  const used = new Set<string>();
  const free = (name: string): boolean => !used.has(name) && !taken.has(name);
  return drafts.map(({ isNamed, written: _written, ...gate }, at) => {
    let name = isNamed ? gate.name : String(at + 1);
    for (let count = 2; isNamed ? used.has(name) : !free(name); count += 1)
      name = `${isNamed ? gate.name : at + 1} (${count})`;
    used.add(name);
    return { ...gate, name };
  });
}
