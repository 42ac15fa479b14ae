import type { NotifyPlan } from '../core/notify/receiver.ts';
import { parseReference } from '../core/registry/secret-reference.ts';

/** A program needs these to run at all; a command that mentions them keeps no secret in them. */
const ordinary = /^(HOME|PATH|USER|LOGNAME|PWD|SHELL|TMPDIR|LANG|LC_\w+|XDG_\w+)$/;

export type References = Partial<
  Readonly<
    Record<'passwordFrom' | 'accessKeyFrom' | 'secretKeyFrom' | 'securityTokenFrom', string | undefined>
  >
>;

/** Names of environment variables that the spec's secrets are in or come from: a deploy command must not get them. */
export function secretVariables(spec: References): readonly string[] {
  const { passwordFrom, accessKeyFrom, secretKeyFrom, securityTokenFrom } = spec;
  const references = [passwordFrom, accessKeyFrom, secretKeyFrom, securityTokenFrom];
  return [...new Set(references.flatMap((text) => (text === undefined ? [] : variablesIn(text))))];
}

/** Names of environment variables that what a plan's receivers are reached with is in, or comes from. */
export function receiverVariables(plan: NotifyPlan | undefined): readonly string[] {
  const references = (plan?.to ?? []).flatMap(({ url, secret }) => [
    url,
    ...(secret === undefined ? [] : [secret]),
  ]);
  return [...new Set(references.flatMap(variablesIn))];
}

/** The same for a whole file of profiles, also one with a slip in it, which is no profile and names its secrets all the same. */
export function secretVariablesIn(profiles: string): readonly string[] {
  const references = profiles.match(/"(?:env|command):[^"\\]*(?:\\.[^"\\]*)*"/g) ?? [];
  return [...new Set(references.flatMap((quoted) => variablesIn(unquoted(quoted))))];
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

function variablesIn(text: string): readonly string[] {
  const reference = parseReference(text);
  if (reference?.kind === 'env') return [reference.name];
  if (reference?.kind !== 'command') return [];
  const names = [...reference.command.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
  return names.filter((name) => !ordinary.test(name));
}
