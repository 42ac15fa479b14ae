/** What is wanted of each target, once. */
export type Wish = {
  readonly enabled: boolean;
  /** How long is waited afterwards, for consumers to notice. */
  readonly waitMs: number;
  /** How long what starts may take to register and to answer. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** What journals say took it off. */
  readonly command: string;
  /** It was named by where it runs: it is waited for, and goes whoever holds it. */
  readonly isSelf: boolean;
  /** What is put on must be good first. */
  readonly isProbed: boolean;
  /** It must be another process than the one that was taken off. */
  readonly isRestarted: boolean;
  /** It was not registered when it was looked for first: what is there now came since. */
  readonly wasAway: boolean;
  /** It was asked to come back, and did. */
  readonly wasCalledBack: boolean;
};
