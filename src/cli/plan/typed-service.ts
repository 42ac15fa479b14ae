import { defaultGroup, defaultNamespace } from '../../core/registry/service.ts';
import { isUnmistakable, splitName } from '../../core/registry/service-name.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import type { Flagged } from './plan-flags.ts';

/** A service as it was typed; without a group it is in that of the profile. */
export type TypedService = { readonly group?: string; readonly service: string };

/** `NAME` or `GROUP@@NAME`, and the flag `--group`, which may say the same group once more but no other one. */
export function typedService(
  text: string,
  group: string | undefined,
  words: CliWords,
): Flagged<TypedService> {
  const { usage } = words;
  const split = splitName(text);
  if (group !== undefined && split.group !== undefined && split.group !== group)
    return { ok: false, sentence: usage.twoGroups(text, group) };
  const typed: TypedService = group === undefined ? split : { ...split, group };
  return isUnmistakable({ namespace: defaultNamespace, group: defaultGroup, ...typed })
    ? { ok: true, value: typed }
    : { ok: false, sentence: usage.noName(text, group) };
}
