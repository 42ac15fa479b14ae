import { parseDuration } from '../text/duration.ts';
import type { FileGate } from './gate-file.ts';

export type TypedGate = Pick<FileGate, 'pause' | 'sleep' | 'soak' | 'run'>;

/**
 * `pause`, `pause:TEXT`, `sleep:10m`, `soak:10m`, or a command line; undefined for what is none of them. `usualText` is what
 * a pause says that says nothing.
 */
export function parseGate(text: string, usualText: string): TypedGate | undefined {
  const [, kind, colon, rest = ''] = /^\s*(pause|sleep|soak)\s*(?:(:)(.*))?$/s.exec(text) ?? [];
  const said = rest.trim();
  if (kind === undefined) return text.trim() === '' || parseDuration(text.trim()) ? undefined : { run: text };
  if (kind === 'pause') return colon !== undefined && said === '' ? undefined : { pause: said || usualText };
  if (parseDuration(said) === undefined) return undefined;
  return kind === 'sleep' ? { sleep: said } : { soak: said };
}
