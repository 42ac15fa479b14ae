import type { Keys, ScreenWish } from '../../support/terminal/terminal.ts';
import { type Journey, type Step, type Stage, hasPanes, shows } from './journey.ts';
import { leavePicture } from './leave-picture.ts';
import { expectColours, flawsOf } from './looks.ts';

/** Does what each step says, and waits for what it wants to see; what holds everywhere is looked at after each. */
export async function play(stage: Stage, { name, steps }: Journey): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (step.where !== undefined && (step.where === 'panes') !== hasPanes(stage.setting)) continue;
    await step.beside?.(stage);
    const { press } = step;
    const key = typeof press === 'function' ? press(stage.words, stage) : press;
    const what = `step ${index + 1}${key === undefined ? '' : ` (${key})`}`;
    try {
      await take(stage, step, key);
    } catch (error) {
      throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
    }
    leavePicture(stage, name, index + 1);
    expectColours(stage, what);
    await step.holds?.(stage);
  }
}

async function take(stage: Stage, step: Step, key: Keys | undefined): Promise<void> {
  const { at } = stage;
  const { again, paste, resize } = step;
  const wish = allOf(stage, step);
  // Else nobody would wait for what the key does.
  if (key !== undefined && wish.test(at.screen()))
    throw new Error(`what it wants to see is there already:\n${at.screen()}`);
  if (resize) at.resize(resize.columns, resize.rows);
  if (paste !== undefined) at.press(`\x1b[200~${paste}\x1b[201~`);
  if (again) await at.pressUntil(key ?? '', wish);
  else {
    if (key !== undefined) at.press(key);
    await at.until(wish);
  }
}

function allOf(stage: Stage, { sees, lacks }: Step): Exclude<ScreenWish, string> {
  const there = sees(stage.words, stage);
  const gone = lacks?.(stage.words, stage) ?? [];
  const missing = (screen: string): readonly string[] => [
    ...there.filter((wish) => !shows(screen, wish)).map(String),
    ...gone.filter((wish) => shows(screen, wish)).map((wish) => `not ${String(wish)}`),
    ...flawsOf(stage),
  ];
  return {
    test: (screen) => missing(screen).length === 0,
    toString: () => missing(stage.at.screen()).join(' and '),
  };
}
