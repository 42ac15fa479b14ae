/** Why a text file gives no text. */
export type TextObstacle =
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** Not UTF-8: another encoding, or no text at all. */
  | { readonly kind: 'not-text' }
  | { readonly kind: 'too-large'; readonly maxBytes: number };
