import { nearest } from '../text/nearest.ts';
import { type EvidenceKind, evidenceKinds } from './evidence-kind.ts';
import { evidenceParts } from './evidence-line.ts';

/** What is wrong with a source as it was typed. `source`: which was meant, whose form is shown. */
export type EvidenceFlaw =
  | { readonly kind: 'no-such-source'; readonly typed: string; readonly similar: EvidenceKind | undefined }
  | { readonly kind: 'none-alone' }
  | Meant<'open-brackets'>
  | Meant<'empty-brackets'>
  | Meant<'stray-brackets'>
  | Meant<'nothing-behind'>
  | Meant<'no-part'>
  | (Meant<'no-url'> & { readonly text: string })
  | (Meant<'stray-part'> & { readonly text: string })
  | (Meant<'bad-metric'> & { readonly text: string });
type Meant<Kind extends string> = { readonly kind: Kind; readonly source: EvidenceKind };

/** Why `parseEvidence` reads nothing out of a text. */
export function evidenceFlaw(text: string): EvidenceFlaw {
  const parts = evidenceParts(text);
  const typed = parts?.kind ?? /^[^:[\s]*/.exec(text.trim())?.[0] ?? '';
  if (typed === 'none') return { kind: 'none-alone' };
  const source = evidenceKinds.find((kind) => kind === typed);
  if (source === undefined) return { kind: 'no-such-source', typed, similar: nearest(typed, evidenceKinds) };
  if (parts === undefined) return { kind: 'open-brackets', source };
  const { ignore, given, url, part } = parts;
  if (ignore?.includes('') === true) return { kind: 'empty-brackets', source };
  if (given === undefined || given === '') return { kind: 'nothing-behind', source };
  if (url === undefined) return { kind: 'no-url', source, text: given };
  if (source === 'actuator') return { kind: 'stray-part', source, text: `#${part ?? ''}` };
  if (ignore !== undefined) return { kind: 'stray-brackets', source };
  return part === undefined || part === ''
    ? { kind: 'no-part', source }
    : { kind: 'bad-metric', source, text: part };
}
