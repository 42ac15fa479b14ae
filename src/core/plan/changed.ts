import * as z from 'zod';
import { urlText } from '../text/url-text.ts';

/**
 * What tells the new process from the old one: a field of its metadata, or what a URL says, all of it or at a path into
 * its JSON. It must differ from what it was before the deploy, or be `to`.
 */
export const changedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('metadata'), key: z.string(), to: z.string().optional() }),
  z.object({
    kind: z.literal('url'),
    url: z.string(),
    path: z.string().optional(),
    to: z.string().optional(),
  }),
]);
export type Changed = z.infer<typeof changedSchema>;

const to = z.string().min(1).optional();
const url = z.string().regex(/^https?:\/\/\S+$/, 'a URL begins with http:// or https://');

const otherwise =
  'what must have changed is written { metadata: version } or { url: "http://{ip}:{port}/actuator/info", path: build.version }, with to: "2.1" where it is known';

/** As a plan file has it. */
export const changedFileSchema = z.union(
  [
    z.strictObject({ metadata: z.string().min(1), to }),
    z.strictObject({ url, path: z.string().min(1).optional(), to }),
  ],
  { error: otherwise },
);
/** Beside a check by Actuator, which says when its process was started. */
export const changedByActuatorSchema = z.union([z.literal('start-time'), changedFileSchema], {
  error: `${otherwise}, or start-time`,
});

/** `actuator`: the base URL of the check, which `start-time` stands beside. */
export function changedOf(written: z.infer<typeof changedByActuatorSchema>, actuator = ''): Changed {
  if (written === 'start-time') {
    const metric = `${actuator.replace(/\/+$/, '')}/metrics/process.start.time`;
    return { kind: 'url', url: metric, path: 'measurements.0.value' };
  }
  if ('url' in written) return { kind: 'url', ...written };
  return { kind: 'metadata', key: written.metadata, ...(written.to !== undefined && { to: written.to }) };
}

/** Short, for people: `metadata.version`, `http://…/info#build.version`. */
export function changedText(changed: Changed): string {
  if (changed.kind === 'metadata') return `metadata.${changed.key}`;
  const shown = urlText(changed.url);
  return changed.path === undefined ? shown : `${shown}#${changed.path}`;
}
