/** Why a text file, or what is given in its place, gives no text. */
export type TextObstacle =
  /** The code of the system, such as ENOENT, where it gave one. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** What it is instead would give nothing, or never end. */
  | { readonly kind: 'no-file'; readonly found: 'directory' | 'pipe' | 'device' | 'terminal' }
  /** A pipe that nobody ends. */
  | { readonly kind: 'endless'; readonly afterMs: number }
  /** Not UTF-8: another encoding, or no text at all. */
  | { readonly kind: 'not-text' }
  | { readonly kind: 'too-large'; readonly maxBytes: number };
