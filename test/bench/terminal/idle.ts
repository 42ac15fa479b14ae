import { setTimeout as sleep } from 'node:timers/promises';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { crowdOf } from '../scale/crowd.ts';
import type { Crowded } from '../scale/crowded.ts';
import { type Environment, beforeServices, usualWindow } from './open.ts';
import { trafficOf } from './traffic.ts';
import { seenOffAndOn, updating } from './updates.ts';

const settledMs = 3_000;

/** What it writes in so many seconds while what is shown stays as it is; said on standard error where it is anything. */
export async function idleBytes(
  nacos: Crowded,
  env: Environment,
  { seconds, isInside }: { readonly seconds: number; readonly isInside: boolean },
): Promise<number> {
  return await beforeServices(nacos, env, usualWindow, async (at) => {
    if (isInside) {
      at.press('enter');
      await at.until('10.0.0.0:8080');
    }
    const traffic = trafficOf(at);
    const updates = updating(nacos, 'nothing-shown');
    try {
      // What was changed before is shown, and each of the services has been updated.
      await sleep(settledMs);
      await traffic.quiet(settledMs);
      traffic.forget();
      const before = updates.count();
      await sleep(seconds * 1_000);
      if (updates.count() === before) throw new Error('nothing was updated');
    } finally {
      await updates.end();
    }
    const [bytes, text] = [traffic.bytes(), traffic.text()];
    if (bytes > 0) process.stderr.write(`written while idle: ${text}\n`);
    await isHearing(at, nacos, isInside);
    return bytes;
  });
}

/** Or the silence would prove nothing. */
async function isHearing(at: TerminalSession, nacos: Crowded, isInside: boolean): Promise<void> {
  const [instance] = crowdOf(nacos.crowd);
  if (instance === undefined) throw new Error('a crowd of none');
  const counts = (isOn: boolean): RegExp => new RegExp(`${instance.service} .* ${isOn ? 0 : 1} +0`);
  const states = (isOn: boolean): RegExp => new RegExp(`${instance.ip}:8080 .*${isOn ? '● on' : '○ off'}`);
  await seenOffAndOn(nacos, instance, async (isOn) => await at.until((isInside ? states : counts)(isOn)));
}
