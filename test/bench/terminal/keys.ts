import { setTimeout as sleep } from 'node:timers/promises';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';
import { serviceAt } from '../scale/crowd.ts';
import type { Crowded } from '../scale/crowded.ts';
import { type Environment, beforeServices, usualWindow } from './open.ts';
import { trafficOf } from './traffic.ts';
import { updating } from './updates.ts';

/** Beyond them the list moves under the cursor, which stays in the middle. */
const stillRows = 20;

const pointedAt = (index: number): RegExp => new RegExp(`▸ +${serviceAt(index).service}`);

/** The most that one key costs which moves the list by a row. */
export async function scrollBytes(nacos: Crowded, env: Environment, keys: number): Promise<number> {
  return await beforeServices(nacos, env, usualWindow, async (at) => {
    for (let index = 1; index <= stillRows; index += 1) await pressTo(at, 'j', index);
    const traffic = trafficOf(at);
    let most = 0;
    for (let index = stillRows + 1; index <= stillRows + keys; index += 1) {
      traffic.forget();
      await pressTo(at, 'j', index);
      most = Math.max(most, traffic.bytes());
    }
    return most;
  });
}

export type KeyFigures = {
  /** From a key until the screen shows it: 95 of 100 take no longer. */
  readonly p95Ms: number;
  /** In the worst second without a key. */
  readonly mostFrames: number;
};

/** Down and up in a list of which the shown part changes all the time. */
export async function keyFigures(
  nacos: Crowded,
  env: Environment,
  { keys, seconds }: { readonly keys: number; readonly seconds: number },
): Promise<KeyFigures> {
  return await beforeServices(nacos, env, usualWindow, async (at) => {
    const updates = updating(nacos, 'on-and-off');
    try {
      const traffic = trafficOf(at);
      await sleep(seconds * 1_000);
      // A busy machine may take longer until it draws the first of them.
      await until(() => traffic.mostFramesIn(1) > 0);
      const mostFrames = traffic.mostFramesIn(1);
      const tookMs: number[] = [];
      for (let key = 0; key < keys; key += 1) {
        const began = performance.now();
        await pressTo(at, key % 2 === 0 ? 'j' : 'k', key % 2 === 0 ? 1 : 0);
        tookMs.push(performance.now() - began);
        // At any moment between two frames that come by themselves.
        await sleep((key * 37) % 150);
      }
      return { p95Ms: percentile(tookMs, 0.95), mostFrames };
    } finally {
      await updates.end();
    }
  });
}

async function pressTo(at: TerminalSession, key: string, index: number): Promise<void> {
  at.press(key);
  await at.until(pointedAt(index));
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}
