import { afterAll, beforeAll, describe } from 'vitest';
import { contests } from './rollouts/contests.ts';
import { whyNoRNacos } from './servers/live-rnacos.ts';
import { openRNacosPlace } from './rollouts/rnacos-place.ts';

describe.skipIf(whyNoRNacos() !== undefined)('rollouts on a real r-nacos', () => {
  let opened: Awaited<ReturnType<typeof openRNacosPlace>> | undefined;
  beforeAll(async () => {
    opened = await openRNacosPlace();
  });
  afterAll(async () => {
    await opened?.close();
  });

  contests(() => {
    if (opened === undefined) throw new Error('the server did not start');
    return opened;
  });
});
