import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { until } from '../support/time/until.ts';
import { type TerminalOptions, type TerminalSession, openTerminal } from '../support/terminal/terminal.ts';

const root = resolve(import.meta.dirname, '../..');
export const program = process.env['PROGRAM'] ?? resolve(root, 'dist/nacos-rollout.mjs');

/** The built program in a real pseudo-terminal. */
export function openProgram(args: readonly string[], options: TerminalOptions = {}): TerminalSession {
  if (!existsSync(program)) throw new Error(`${program} is missing: npm run build makes it`);
  return openTerminal(process.execPath, [program, ...args], options);
}

/** What the journeys look for on the screen, in each language. */
export const signs = {
  en: {
    lang: 'en_US.UTF-8',
    services: 'Services 4 of 4',
    chosen: '3 chosen',
    review: 'No instance has been changed yet',
    draining: /Draining 127\S+: [1-9] s/,
    deploying: /Deploying 127/,
    done: 'DONE: every target is through',
    gateway: /([\d,]+) requests · ([\d,]+) failures/,
    lost: /The gateway sent \d{4,} requests and lost 0\./,
  },
  'zh-CN': {
    lang: 'zh_CN.UTF-8',
    services: '服务 4 / 4',
    chosen: '已选 3',
    review: '尚未改变任何实例',
    draining: /正在排空 127\S+：[1-9] 秒/,
    deploying: /正在部署 127/,
    done: '完成：所有目标都已执行完',
    gateway: /([\d,]+) 次请求 · ([\d,]+) 次失败/,
    lost: /网关共发出 \d{4,} 次请求，丢失 0 次。/,
  },
} as const;

export type Signs = (typeof signs)[keyof typeof signs];

/** From the list of services to a rollout of all of `orders` whose first target drains. */
export async function beginRollout(session: TerminalSession, sign: Signs): Promise<void> {
  await session.until(sign.services);
  session.press('enter');
  await session.until(/:\d{5} .*\n.*:\d{5} .*\n.*:\d{5} /);
  session.press('a');
  await session.until(sign.chosen);
  session.press('enter');
  await session.until('redeploy.sh');
  session.press('v');
  await session.until(sign.review);
  await session.until(/✓ .*2\.2\.4/);
  session.press('G');
  await session.until(sign.draining);
}

/** From the list of services of a sandbox to the review of a rollout of two of `orders`. */
export async function openReview(at: TerminalSession, deploy: string, drain: string): Promise<void> {
  await at.until(signs.en.services);
  at.press('enter');
  await at.until(/:\d+81 [^]*:\d+83 /);
  at.press('space');
  await at.until('1 chosen');
  at.press('j', 'space');
  await at.until('2 chosen');
  at.press('enter');
  await at.until('How to roll');
  await fill(at, 'deploy', deploy);
  await fill(at, 'drain', drain);
  at.press('v');
  await at.until(/✓ .*2\.2\.4/);
}

/** Goes down to the named field and types over what is there. */
async function fill(at: TerminalSession, field: string, text: string): Promise<void> {
  for (let moves = 0; moves < 10 && !new RegExp(`▸ ${field}`).test(at.screen()); moves++) {
    const before = at.screen();
    at.press('j');
    await until(() => at.screen() !== before);
  }
  at.press('enter');
  await at.until(/enter ok/);
  for (let index = 0; index < 20; index++) at.press('backspace');
  at.press(text);
  await at.until(text.slice(-10));
  at.press('enter');
  await at.until(new RegExp(`▸ ${field} .*${text.slice(-6)}`));
}

/** What the demo's gateway has counted. */
export function gatewayCount(session: TerminalSession, sign: Signs): { requests: number; failures: number } {
  const [, requests = '', failures = ''] = sign.gateway.exec(session.screen()) ?? [];
  const number = (text: string): number => Number(text.replaceAll(',', ''));
  return { requests: number(requests), failures: number(failures) };
}
