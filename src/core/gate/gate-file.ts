import * as z from 'zod';
import { hasRetriesToWaitFor, waitForNothing } from '../hooks/command.ts';
import { durationSchema as duration } from '../text/duration.ts';

const commandFields = {
  run: z.string().min(1).optional(),
  argv: z.array(z.string()).min(1).optional(),
  timeout: duration.optional(),
  /** How often it is run once more by itself when it failed, and how long is waited before each of these. */
  retries: z.number().int().min(1).max(100).optional(),
  wait: duration.optional(),
  onFailure: z.enum(['stop', 'continue']).optional(),
};

const whats = ['pause', 'sleep', 'soak', 'run', 'argv'] as const;
const wheres = ['before', 'after', 'between'] as const;

const fields = {
  name: z.string().min(1).optional(),
  /** A person says that it goes on; the text is what to look at. */
  pause: z.string().min(1).optional(),
  sleep: duration.optional(),
  /** The checks of all that are through must stay good for so long. */
  soak: duration.optional(),
  ...commandFields,
};

type Written = { readonly [Key in keyof typeof fields | (typeof wheres)[number]]?: unknown };

const whatForm =
  'a gate says one thing: pause: "look at the dashboards", sleep: 10m, soak: 10m, or run: ./smoke.sh (argv: for words)';

function saysOneThing(gate: Written): boolean {
  return whats.filter((key) => gate[key] !== undefined).length === 1;
}

function hasOnePlace(gate: Written): boolean {
  return wheres.filter((key) => gate[key] !== undefined).length === 1;
}

const ofCommands = ['timeout', 'retries', 'wait'] as const;

function fitsItsKind(gate: Written): boolean {
  const isCommand = gate.run !== undefined || gate.argv !== undefined;
  const mayFail = isCommand || gate.soak !== undefined;
  return (isCommand || ofCommands.every((key) => gate[key] === undefined)) && (mayFail || !gate.onFailure);
}

const kindForm = 'timeout, retries and wait go with run or argv, and onFailure with these or soak';

const number = z.number().int().min(1).max(10_000);

/** The gates of one level of a plan: `parts` are what they may stand before and after, `many` what they may stand between. */
function gatesAmong<const Part extends string, const Many extends string>(
  parts: readonly [Part, ...Part[]],
  many: readonly [Many, ...Many[]],
) {
  const form = `it is written ${parts.join(', ')}, or the number of a batch`;
  const part = z.union([z.enum(parts), number], { error: form });
  const placeForm = `a gate has one place: before or after ${parts.join(', ')} or the number of a batch, or between: ${many.join(' | ')}`;
  return z
    .array(
      z
        .strictObject({
          ...fields,
          before: part.optional(),
          after: part.optional(),
          between: z.enum(many).optional(),
        })
        .refine(hasOnePlace, placeForm)
        .refine(saysOneThing, whatForm)
        .refine(fitsItsKind, kindForm)
        .refine(hasRetriesToWaitFor, { error: waitForNothing, path: ['wait'] }),
    )
    .min(1);
}

/** What stands between the batches of a service, of all services of a stage, or of a whole plan. */
export const serviceGatesSchema = gatesAmong(['service', 'batch'], ['batches']);
export const stageGatesSchema = gatesAmong(['stage', 'service', 'batch'], ['services', 'batches']);
export const planGatesSchema = gatesAmong(
  ['rollout', 'stage', 'service', 'batch'],
  ['stages', 'services', 'batches'],
);
export type FileGate = z.infer<typeof planGatesSchema>[number];

/** `before: 99`. */
export function gatePlace(gate: FileGate): string {
  return wheres.flatMap((key) => (gate[key] === undefined ? [] : [`${key}: ${gate[key]}`])).join(', ');
}

/** `pause: look at the dashboards`. */
export function gateSaying(gate: FileGate): string {
  return whats.flatMap((key) => (gate[key] === undefined ? [] : [`${key}: ${String(gate[key])}`])).join(', ');
}

/** A stage without services is a command. */
export const stageCommandFields = commandFields;
export type FileGateCommand = Pick<FileGate, keyof typeof commandFields>;
