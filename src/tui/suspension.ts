/** Ctrl-Z: the shell gets the terminal back until we are continued. */
export type Suspension = {
  /** Calls back when we are to stop (SIGTSTP). Returns a way to stop listening. */
  onAsked(listener: () => void): () => void;
  /** Stops everybody who shares the terminal with us; comes back as `onAsked`. */
  ask(): void;
  /** Stops this process; resolves when it is continued. */
  stop(): Promise<void>;
};
