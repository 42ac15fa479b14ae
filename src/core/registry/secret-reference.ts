/** Where a secret comes from. */
export type SecretReference =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly command: string };

/** `env:NAME`, `file:PATH` or `command:…`. */
export const referenceForm = /^(?:env:[A-Za-z_]\w*|(?:file|command):[\s\S]+)$/;

/** Reads `env:NAME`, `file:PATH`, `command:…`; undefined for anything else, which may be a literal password. */
export function parseReference(text: string): SecretReference | undefined {
  if (!referenceForm.test(text)) return undefined;
  const rest = text.slice(text.indexOf(':') + 1);
  if (text.startsWith('env:')) return { kind: 'env', name: rest };
  return text.startsWith('file:') ? { kind: 'file', path: rest } : { kind: 'command', command: rest };
}
