/** Where a secret comes from. */
export type SecretReference =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly command: string };

/** Reads `env:NAME`, `file:PATH`, `command:…`; undefined for anything else, which may be a literal password. */
export function parseReference(text: string): SecretReference | undefined {
  const match = /^(env|file|command):(.+)$/s.exec(text);
  const [, kind, rest] = match ?? [];
  if (rest === undefined) return undefined;
  if (kind === 'file') return { kind, path: rest };
  if (kind === 'command') return { kind, command: rest };
  return /^[A-Za-z_]\w*$/.test(rest) ? { kind: 'env', name: rest } : undefined;
}

/** A program needs these to run at all; a command that mentions them keeps no secret in them. */
const ordinary = /^(HOME|PATH|USER|LOGNAME|PWD|SHELL|TMPDIR|LANG|LC_\w+|XDG_\w+)$/;

/** Names of environment variables that the spec's secret is in or comes from: a deploy command must not get them. */
export function secretVariables(spec: { readonly passwordFrom?: string | undefined }): readonly string[] {
  const reference = spec.passwordFrom === undefined ? undefined : parseReference(spec.passwordFrom);
  if (reference?.kind === 'env') return [reference.name];
  if (reference?.kind !== 'command') return [];
  const names = [...reference.command.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !ordinary.test(name));
}
