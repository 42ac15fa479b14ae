import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf } from '../contract/subjects/subject.ts';
import { until } from '../support/time/until.ts';
import { registryFor } from '../nacos/nacos-script.ts';
import { type LiveNacos, startLiveNacos, whyNoLiveNacos } from './servers/live-nacos.ts';

/** The console of 3.1.0 is at the HTTP port + 10; that of 2.2.4 is not published. */
const doors = [
  { version: '2.2.4', apart: 1000, port: 'grpc', instead: 0 },
  { version: '2.2.4', apart: 1001, port: 'grpc', instead: 1 },
  { version: '2.2.4', apart: -1000, port: 'grpc', instead: -2000 },
  { version: '3.1.0', apart: 1000, port: 'grpc', instead: 0 },
  { version: '3.1.0', apart: 1001, port: 'grpc', instead: 1 },
  { version: '3.1.0', apart: -1000, port: 'grpc', instead: -2000 },
  { version: '3.1.0', apart: 10, port: 'console', instead: 0 },
] as const;

describe.skipIf(whyNoLiveNacos() !== undefined).each(['2.2.4', '3.1.0'] as const)(
  'another port of a real %s',
  (version) => {
    let nacos: LiveNacos | undefined;
    const at = (apart: number, scheme = 'http'): string =>
      `${scheme}://127.0.0.1:${(nacos?.port ?? 0) + apart}`;

    beforeAll(async () => {
      nacos = await startLiveNacos({ version, hasAuth: true });
    });
    afterAll(() => nacos?.stop());

    test.each(doors.filter((door) => door.version === version))('$apart: $port', async (door) => {
      const { apart, port, instead } = door;
      const address = at(apart);
      // The console of 3.1.0 is up a moment later than its server.
      await until(async () => errorOf(await registryFor(address).server()) !== 'unreachable');
      expect(await registryFor(address).services('public', '')).toMatchObject({
        ok: false,
        error: { kind: 'other-port', address, port, instead: at(instead) },
      });
    });

    test('https, where it speaks none, at any of its ports', async () => {
      for (const apart of [0, 1000, -1000]) {
        const error = { kind: 'tls-absent', address: at(apart, 'https'), instead: at(apart) };
        expect(await registryFor(at(apart, 'https')).server()).toEqual({ ok: false, error });
      }
    });
  },
);
