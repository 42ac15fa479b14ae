import { newDirectory } from '../../support/new-directory.ts';
import { crowdedSandbox } from '../scale/crowded.ts';
import { type Measured, broken, head, rowsOf } from './bounds.ts';
import { idleBytes } from './idle.ts';
import { keyFigures, scrollBytes } from './keys.ts';
import { rowsLeft } from './resize.ts';
import { rolloutBytes } from './rollout.ts';

// `npm run bench:terminal`: what the console writes to a real pseudo-terminal, beside what it may write at the most.
const home = newDirectory('bench-terminal');
const env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };

const measured = { ...(await beforeMany()), ...(await besideRollout()) };
console.log([head, ...rowsOf(measured)].join('\n'));
const over = broken(measured);
if (over.length > 0) process.stderr.write(`\nover the bound: ${over.join('; ')}\n`);
process.exit(over.length > 0 ? 1 : 0);

async function beforeMany(): Promise<Omit<Measured, 'resize' | 'rollout'>> {
  const nacos = await crowdedSandbox('2.x', { services: 10_000, instances: 20_000 }, { isTelling: true });
  try {
    const scroll = await scrollBytes(nacos, env, 200);
    const { p95Ms: key, mostFrames: frames } = await keyFigures(nacos, env, { keys: 200, seconds: 20 });
    const idle = await idleBytes(nacos, env, { seconds: 60, isInside: false });
    const inside = await idleBytes(nacos, env, { seconds: 60, isInside: true });
    return { scroll, key, frames, idle, inside };
  } finally {
    await nacos.close();
  }
}

async function besideRollout(): Promise<Pick<Measured, 'resize' | 'rollout'>> {
  const nacos = await crowdedSandbox('2.x', { services: 1, instances: 40 }, { isTelling: true });
  try {
    return { resize: await rowsLeft(nacos, env), rollout: await rolloutBytes(nacos, undefined) };
  } finally {
    await nacos.close();
  }
}
