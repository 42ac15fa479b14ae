import { describe } from 'vitest';
import { whyNoLiveNacos } from '../live/servers/live-nacos.ts';
import { contract } from './contract.ts';
import { liveSubject } from './subjects/live-subject.ts';

describe.skipIf(whyNoLiveNacos() !== undefined)('a real Nacos', () => {
  for (const hasAuth of [false, true]) {
    contract(`2.2.4, auth ${hasAuth ? 'on' : 'off'}`, () => liveSubject('2.2.4', hasAuth));
  }
});
