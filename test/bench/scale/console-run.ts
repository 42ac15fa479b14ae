import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../../support/processes/sandbox-process.ts';
import { openTerminal, type TerminalSession } from '../../support/terminal/terminal.ts';
import { medianOf } from '../start/time-start.ts';
import { crowdOf, serviceAt } from './crowd.ts';
import type { Crowded } from './crowded.ts';
import type { Figures } from './figures.ts';
import { computedMs, memoryOf } from './memory.ts';

/** As many rows as fill a screen of 24 lines. */
const screenful = /(svc-\d{5}[^]*){15}/;
/** A list that nobody tells us of is read again the more seldom, the longer it is: 10,000 every 250 s, 30,000 every 750. */
const changeMaxMs = ({ services }: Crowded['crowd']): number => 60_000 + services * 30;

/** The console's list of services, from its start. */
export async function consoleRun(nacos: Crowded, env: Readonly<Record<string, string>>): Promise<Figures> {
  const began = performance.now();
  return await withConsole(nacos, env, async (at) => {
    await at.until(screenful);
    const firstMs = performance.now() - began;
    await at.until(wholeList(nacos));
    const wholeMs = performance.now() - began;
    const wholeComputedMs = computedMs(at.pid) ?? NaN;
    return {
      'console, first screenful, ms': firstMs,
      'console, complete, ms': wholeMs,
      'console, computes until then, ms': wholeComputedMs,
      'console, a filter key, ms': medianOf(await filterKeys(at, nacos)),
      'console, peak MB': memoryOf(at.pid, 'VmHWM') ?? NaN,
    };
  });
}

/** Left alone for so long once its list is whole, then changed elsewhere. */
export async function consoleIdle(
  nacos: Crowded,
  env: Readonly<Record<string, string>>,
  seconds: number,
): Promise<Figures> {
  return await withConsole(nacos, env, async (at) => {
    await at.until(wholeList(nacos));
    return await leftAlone(at, nacos, seconds);
  });
}

async function withConsole(
  { url }: Crowded,
  env: Readonly<Record<string, string>>,
  measure: (at: TerminalSession) => Promise<Figures>,
): Promise<Figures> {
  const at = openTerminal(process.execPath, [program, '--server', url], { env });
  try {
    return await measure(at);
  } finally {
    at.kill();
    await at.exited;
  }
}

/** The list on the screen, with nothing on its way. */
export function wholeList({ crowd: { services } }: Crowded): RegExp {
  return new RegExp(`^(?![^]*so far)[^]*Services ${services} of ${services}`);
}

/** Each key makes another number of services match, so that the screen tells when it has arrived. */
async function filterKeys(at: TerminalSession, { crowd }: Crowded): Promise<readonly number[]> {
  const names = Array.from({ length: crowd.services }, (_, index) => serviceAt(index).service);
  at.press('/');
  await at.until(/^ \/$/m);
  const keys: number[] = [];
  let typed = '';
  for (const key of '0123') {
    typed += key;
    const matching = names.filter((name) => name.includes(typed)).length;
    const began = performance.now();
    at.press(key);
    await at.until(`Services ${matching} of ${names.length}`);
    keys.push(performance.now() - began);
  }
  at.press('escape');
  await at.until(`Services ${names.length} of ${names.length}`);
  return keys;
}

async function leftAlone(at: TerminalSession, nacos: Crowded, idleSeconds: number): Promise<Figures> {
  const before = await nacos.requests();
  await sleep(idleSeconds * 1_000);
  const requests = (await nacos.requests()) - before;
  const [instance] = crowdOf(nacos.crowd);
  if (instance === undefined) throw new Error('a crowd of none');
  const began = performance.now();
  await nacos.put(instance, false);
  // A real Nacos looks for persistent instances itself, finds nobody, and counts them as ill.
  const isOff = new RegExp(`${instance.service} .* \\d+ +1 +\\d+`);
  await at.until(isOff, changeMaxMs(nacos.crowd));
  const changedMs = performance.now() - began;
  await nacos.put(instance, true);
  return {
    [`console, requests in ${idleSeconds} s while idle`]: requests,
    'console, a change elsewhere is shown after, ms': changedMs,
  };
}
