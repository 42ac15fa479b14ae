import type { Language } from '../../../src/i18n/language.ts';
import type { TuiWords } from '../../../src/i18n/en/tui.ts';
import type { SandboxProcess } from '../../support/processes/sandbox-process.ts';
import type { Keys, TerminalSession } from '../../support/terminal/terminal.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** How a journey is played this time. */
export type Setting = { readonly size: Size; readonly language: Language; readonly hasColor: boolean };

/** What a journey is played on: a sandbox, directories of its own, and one console at a time. */
export type Stage = {
  readonly setting: Setting;
  readonly sandbox: SandboxProcess;
  /** The console that is open now. */
  readonly at: TerminalSession;
  /** Whose words it speaks. */
  readonly words: TuiWords;
  /** Where its profiles and its rollouts lie. */
  readonly home: string;
  /** From now on its words are those of another language. */
  speak(language: Language): void;
  /** Ends the console that is open, and opens another one on the same directories. */
  reopen(how?: { readonly language?: Language; readonly words?: readonly string[] }): Promise<void>;
};

/** Stands in a wish for whatever is there. */
export const any = '\u0001';
/** In place of the key that a sentence names. */
export const anyKey = (): string => any;

/** A text of the screen however it is folded, with `any` for what is not known; or what all of it matches. */
export type Wish = string | RegExp;

/** One thing that a person does, and what they wait for before the next. */
export type Step = {
  /** A key by its name, or a text. What comes with one read is taken for a paste, so it is one thing a step. */
  readonly press?: Keys | ((words: TuiWords, stage: Stage) => Keys);
  /** Pressed again until it has been seen: by a place that takes none in its first moment. */
  readonly again?: true;
  readonly paste?: string;
  readonly resize?: Size;
  /** What happens beside the console. */
  readonly beside?: (stage: Stage) => unknown;
  /** All of it is on the screen now. */
  readonly sees: (words: TuiWords, stage: Stage) => readonly Wish[];
  /** None of it is any more. */
  readonly lacks?: (words: TuiWords, stage: Stage) => readonly Wish[];
  /** What else must hold then. */
  readonly holds?: (stage: Stage) => unknown;
  /** Only in windows that are divided, or only in those that are not. */
  readonly where?: 'panes' | 'no-panes';
};

export type Journey = {
  readonly name: string;
  /** What the program is started with; the profile of the sandbox where it is left out. */
  readonly words?: readonly string[];
  /** Without it there is a profile of the sandbox. */
  readonly isFirstContact?: true;
  /** How the profile has instances drain. */
  readonly drain?: object;
  readonly steps: readonly Step[];
};

export function hasPanes({ size }: Setting): boolean {
  return size.columns >= 110 && size.rows >= 30;
}

/** Blanks and what is drawn between panes do not count: a sentence may be folded anywhere. */
function bare(text: string): string {
  return text.replace(/[\s│─]/gu, '');
}

export function shows(screen: string, wish: Wish): boolean {
  if (wish instanceof RegExp) return wish.test(screen);
  const parts = bare(wish).split(any).map(literal);
  return new RegExp(parts.join('[^]{0,200}?'), 'u').test(bare(screen));
}

/** A text as a pattern that it alone matches. */
export function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}
