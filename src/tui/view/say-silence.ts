import { visible } from '../../core/text/visible.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Model } from '../model/model.ts';

/** Whole seconds, as they are counted on a screen that is drawn once a second. */
export function forSeconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1000) * 1000);
}

/** Who is waited for, for how long, and what comes next; undefined while everybody answers. */
export function saySilence({ silence, now }: Model, { failures }: TuiWords): string | undefined {
  return silence && visible(failures.silence(silence, forSeconds(now.monotonicMs - silence.sinceMs)));
}
