import { expect, test } from 'vitest';
import type { Check, Registration } from '../../src/core/plan/plan.ts';
import { fillPlaceholders } from '../../src/core/plan/placeholders.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { instance, registrationOf } from '../simulation/scenario/scenario.ts';

const own = registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
const probe = realProbe(realClock, {});
const never = new AbortController().signal;
const often = { successes: 1, withinMs: 1000 };

test.each<[string, Check, Partial<Registration>, string]>([
  ['a port that is none', { kind: 'tcp', isDefault: true, ...often }, { port: 70_000 }, 'refused'],
  ['a null byte', { kind: 'command', run: 'true', ...often }, { cluster: 'a\u0000b' }, 'not-started'],
  [
    'an address that is none',
    { kind: 'http', url: 'http://{ip}:{port}/', ...often },
    { port: 70_000 },
    'refused',
  ],
])('%s in a list is a bad reading, not the end of the runner', async (_name, check, listed, kind) => {
  expect(await probe(check, { ...own, ...listed }, never)).toMatchObject({ kind });
});

test('a name from the registry stays one part of a URL', () => {
  const hostile = { ...own, cluster: '../actuator/shutdown?now#', group: 'a\ud800' };
  expect(fillPlaceholders('http://{ip}:{port}/{cluster}/up?g={group}', hostile, 'url')).toBe(
    'http://10.0.0.1:8080/..%2Factuator%2Fshutdown%3Fnow%23/up?g=a%EF%BF%BD',
  );
  expect(fillPlaceholders('{cluster}', hostile, 'word')).toBe(hostile.cluster);
});
