import { z } from 'zod';
import type { Evidence } from './evidence.ts';
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

const forms =
  'evidence is written connections, { connections: { run: COMMAND } }, { actuator: "http://{ip}:{port}/actuator" }, { prometheus: { url: URL, metric: NAME } }, { json: { url: URL, path: a.b.0 } }, { command: LINE }, a list of these, or none; ignore: [NAME] stands beside actuator, command and connections';

const source = z.union(
  [
    z.literal('connections'),
    z.strictObject({ actuator: url, ignore }),
    z.strictObject({ prometheus: z.strictObject({ url, metric }) }),
    z.strictObject({ json: z.strictObject({ url, path: line }) }),
    z.strictObject({ command: line, ignore }),
    z.strictObject({
      connections: z.union([z.literal(true), z.strictObject({ run: line.optional(), ignore })]),
      ignore,
    }),
  ],
  { error: forms },
);
type FileSource = z.infer<typeof source>;

/** Where a plan file says that calls are counted: one source, several, or `none`. */
export const evidenceFileSchema = z.union([z.literal('none'), source, z.array(source).min(1, forms)], {
  error: forms,
});
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
