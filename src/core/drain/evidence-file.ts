import * as z from 'zod';
import { firstIssue } from '../text/first-issue.ts';
import { nearest } from '../text/nearest.ts';
import type { Evidence } from './evidence.ts';
import { type EvidenceKind, evidenceKinds } from './evidence-kind.ts';
import { parseMetricSelector } from './metric-selector.ts';

const url = z.string().regex(/^https?:\/\/\S+$/, 'a URL begins with http:// or https://');
const line = z.string().regex(/\S/, 'it is empty');
const metric = z
  .string()
  .refine(
    (text) => parseMetricSelector(text) !== undefined,
    'a metric is written calls_total or calls_total{code="200",uri!~"/actuator.*"}',
  );
const ignore = z
  .array(z.string().regex(/^[^,]+$/, 'a name to ignore has no comma'))
  .min(1, 'it names nobody')
  .optional();

const fields = {
  connections: z.strictObject(
    { connections: z.union([z.literal(true), z.strictObject({ run: line.optional(), ignore })]), ignore },
    { error: stray('connections') },
  ),
  actuator: z.strictObject({ actuator: url, ignore }, { error: stray('actuator') }),
  prometheus: z.strictObject({ prometheus: z.strictObject({ url, metric }) }, { error: stray('prometheus') }),
  json: z.strictObject({ json: z.strictObject({ url, path: line }) }, { error: stray('json') }),
  command: z.strictObject({ command: line, ignore }, { error: stray('command') }),
} as const;

function stray(kind: EvidenceKind) {
  return (issue: { readonly code?: string; readonly keys?: readonly string[] }): string | undefined =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys?.join(', ') ?? ''} means nothing beside ${kind}`
      : undefined;
}

const forms: Readonly<Record<EvidenceKind, string>> = {
  connections: 'connections or { connections: { run: COMMAND } }',
  actuator: '{ actuator: URL }',
  prometheus: '{ prometheus: { url: URL, metric: NAME } }',
  json: '{ json: { url: URL, path: a.b.0 } }',
  command: '{ command: LINE }',
};
const thereAre = `there are ${evidenceKinds.join(', ')}`;

/** What is wrong with what none of the forms fits, and the one that does. */
function mistakeIn(written: unknown): string {
  if (Array.isArray(written)) return mistakeInList(written);
  if (typeof written !== 'object' || written === null) return mistakeInText(String(written));
  const keys = Object.keys(written);
  const kinds = evidenceKinds.filter((kind) => keys.includes(kind));
  const [kind, second] = kinds;
  if (kind === undefined) {
    const [key] = keys.filter((one) => one !== 'ignore');
    return key === undefined ? `it names no source: ${thereAre}` : noSuchSource(key);
  }
  if (second !== undefined) return `${kind} and ${second} are two sources: write a list`;
  const parsed = fields[kind].safeParse(written);
  const mistake = parsed.success ? '' : firstIssue(parsed.error);
  return /^$|Invalid input$/.test(mistake) ? `write ${forms[kind]}` : `${mistake}; write ${forms[kind]}`;
}

function mistakeInList(list: readonly unknown[]): string {
  const bad = list.find((one) => !source.safeParse(one).success);
  return bad === 'none' ? 'none stands alone, not in a list' : mistakeIn(bad);
}

function mistakeInText(text: string): string {
  const kind = evidenceKinds.find((one) => text.startsWith(`${one}:`) || text === one);
  return kind === undefined
    ? noSuchSource(text)
    : `${text} is how a flag has it; in a plan file it is written ${forms[kind]}`;
}

function noSuchSource(typed: string): string {
  const near = nearest(typed, evidenceKinds);
  return near === undefined
    ? `there is no source ${typed}: ${thereAre}`
    : `there is no source ${typed}; did you mean ${near}? Else ${thereAre}`;
}

const error = ({ input }: { readonly input?: unknown }): string => mistakeIn(input);

const source = z.union(
  [
    z.literal('connections'),
    fields.actuator,
    fields.prometheus,
    fields.json,
    fields.command,
    fields.connections,
  ],
  { error },
);
type FileSource = z.infer<typeof source>;

/** Where a plan file says that calls are counted: one source, several, or `none`. */
export const evidenceFileSchema = z.union(
  [z.literal('none'), source, z.array(source).min(1, 'the list is empty: leave evidence out, or write none')],
  { error },
);
export type FileEvidence = z.infer<typeof evidenceFileSchema>;

export function evidenceOf(written: FileEvidence | undefined): readonly Evidence[] {
  if (written === undefined || written === 'none') return [];
  return (Array.isArray(written) ? written : [written]).map(sourceOf);
}

function sourceOf(written: FileSource): Evidence {
  if (written === 'connections') return { kind: 'connections' };
  if ('actuator' in written) return { kind: 'actuator', url: written.actuator, ...ignored(written.ignore) };
  if ('prometheus' in written) return { kind: 'prometheus', ...written.prometheus };
  if ('json' in written) return { kind: 'json', ...written.json };
  if ('command' in written) return { kind: 'command', run: written.command, ...ignored(written.ignore) };
  const { run, ignore: inside } = written.connections === true ? {} : written.connections;
  const all = [...(inside ?? []), ...(written.ignore ?? [])];
  return { kind: 'connections', ...(run !== undefined && { run }), ...ignored(all) };
}

/** The shortest way to write them down; undefined where there are none. */
export function evidenceWritten(evidence: readonly Evidence[]): FileEvidence | undefined {
  const [first, ...rest] = evidence.map(written);
  return first === undefined || rest.length === 0 ? first : [first, ...rest];
}

function written(evidence: Evidence): FileSource {
  switch (evidence.kind) {
    case 'actuator':
      return { actuator: evidence.url, ...ignored(evidence.ignore) };
    case 'prometheus':
      return { prometheus: { url: evidence.url, metric: evidence.metric } };
    case 'json':
      return { json: { url: evidence.url, path: evidence.path } };
    case 'command':
      return { command: evidence.run, ...ignored(evidence.ignore) };
    case 'connections':
      if (evidence.run !== undefined)
        return { connections: { run: evidence.run, ...ignored(evidence.ignore) } };
      return evidence.ignore === undefined
        ? 'connections'
        : { connections: true, ...ignored(evidence.ignore) };
  }
}

function ignored(names: readonly string[] | undefined): { ignore?: string[] } {
  return names === undefined || names.length === 0 ? {} : { ignore: [...names] };
}
