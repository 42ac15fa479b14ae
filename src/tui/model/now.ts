/** The two times of the clock, as of the last message that brought them. */
export type Now = { readonly monotonicMs: number; readonly wallMs: number };
