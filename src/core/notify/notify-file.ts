import * as z from 'zod';
import { referenceForm } from '../registry/secret-reference.ts';
import { hasLogin, isUrlForm, urlText } from '../text/url-text.ts';
import { type NotifyPlan, type Receiver, occasions, receiverKinds, usualOccasions } from './receiver.ts';

const byReference =
  'it is written env:NAME, file:PATH or command:…, never literally: whoever has it may write there';
const reference = z.string().regex(referenceForm, byReference);
const signed = z.union([reference, z.strictObject({ url: reference, secret: reference.optional() })], {
  error: `${byReference}; or { url: env:NAME, secret: env:NAME }`,
});

/** A long word of letters and digits in a path is what tokens look like. */
const tokenInPath = /\/(?=[^/?#]*\d)(?=[^/?#]*[a-z])[\w-]{20,}/i;

const openUrl = (text: string): boolean =>
  isUrlForm(text) &&
  !/[{}]/.test(text) &&
  !hasLogin(text) &&
  urlText(text) === text &&
  !tokenInPath.test(text);

/** Who is told of a rollout, as people write it: each entry one receiver, and none at all for nobody. */
export const notifyFileSchema = z.array(
  z
    .strictObject({
      /** Gets the event as JSON. */
      webhook: z
        .string()
        .refine(
          (text) => referenceForm.test(text) || openUrl(text),
          'it is written https://HOST/PATH, or env:NAME, file:PATH or command:… where it holds a login or a token',
        )
        .optional(),
      dingtalk: signed.optional(),
      feishu: signed.optional(),
      wecom: reference.optional(),
      slack: reference.optional(),
      on: z.array(z.enum(occasions)).min(1).optional(),
    })
    .refine(
      (entry) => receiverKinds.filter((kind) => entry[kind] !== undefined).length === 1,
      `an entry names one receiver: ${receiverKinds.join(', ')}`,
    ),
);
type NotifyFile = z.infer<typeof notifyFileSchema>;
export type ReceiverFile = NotifyFile[number];

export function notifyOf(file: NotifyFile, language: NotifyPlan['language']): NotifyPlan {
  const counts = new Map<string, number>();
  const to = file.flatMap((entry): readonly Receiver[] => {
    const kind = receiverKinds.find((each) => entry[each] !== undefined);
    const written = kind && entry[kind];
    if (kind === undefined || written === undefined) return [];
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const { url, secret } = typeof written === 'string' ? { url: written } : written;
    const name = count === 1 ? kind : `${kind} ${count}`;
    return [{ name, kind, url, ...(secret !== undefined && { secret }), on: entry.on ?? usualOccasions }];
  });
  return { ...(language !== undefined && { language }), to };
}
