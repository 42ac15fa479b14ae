import { assert, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { type Start, type StartLimits, fitStart } from '../../../src/core/command/fit-start.ts';

const limits: StartLimits = { oneBytes: 1000, allBytes: 3000 };
const metadata = 'NACOS_ROLLOUT_METADATA';
const companions = 'NACOS_ROLLOUT_COMPANIONS';
const service = 'NACOS_ROLLOUT_SERVICE';

function startOf(told: Record<string, string>, rest: Partial<Start> = {}): Start {
  return { words: ['/bin/sh', '-c', 'true'], own: { PATH: '/bin' }, told, directory: '/state/1', ...rest };
}
const x = (count: number): string => 'x'.repeat(count);

test('what fits is told as it always was', () => {
  const told = { [metadata]: '{}', [companions]: '[]', [service]: 'orders' };
  expect(fitStart(startOf(told), limits)).toEqual({
    ok: true,
    environment: { PATH: '/bin', ...told },
    files: [],
  });
});

test.each([metadata, companions])(
  '%s that is too long is in a file instead, and nowhere else',
  (variable) => {
    const told = { [metadata]: '{}', [companions]: '[]', [service]: 'orders', [variable]: x(1000) };
    const fitted = fitStart(startOf(told, { own: { [variable]: 'of another rollout' } }), limits);
    const path = `/state/1/${variable === metadata ? 'metadata' : 'companions'}.json`;
    const { [variable]: text, ...others } = told;
    expect(fitted).toEqual({
      ok: true,
      environment: { ...others, [`${variable}_FILE`]: path },
      files: [{ variable, path, text }],
    });
  },
);

test('the longer one first, and only as many as must be', () => {
  const told = { [metadata]: x(900), [companions]: x(800), [service]: x(700) };
  const fitted = fitStart(startOf(told, { own: { A: x(900) } }), limits);
  expect(fitted).toMatchObject({ ok: true, files: [{ variable: metadata }] });
  const fuller = fitStart(startOf(told, { own: { A: x(900), B: x(900) } }), limits);
  expect(fuller).toMatchObject({ ok: true, files: [{ variable: metadata }, { variable: companions }] });
});

test('a stale path of another rollout is not told', () => {
  const fitted = fitStart(startOf({ [metadata]: '{}' }, { own: { [`${metadata}_FILE`]: '/old' } }), limits);
  expect(fitted).toEqual({ ok: true, environment: { [metadata]: '{}' }, files: [] });
});

test.each([
  [startOf({ [service]: 'a\0b' }), { kind: 'null-byte', variable: service }],
  [startOf({ NACOS_ROLLOUT_CLUSTER: '\ud800' }), { kind: 'not-unicode', variable: 'NACOS_ROLLOUT_CLUSTER' }],
  [startOf({ [service]: x(1000) }), { kind: 'too-long', variable: service, bytes: 1023, maxBytes: 1000 }],
  [startOf({ [service]: '服'.repeat(400) }), { kind: 'too-long', variable: service, bytes: 1223 }],
  [startOf({}, { words: ['/bin/sh', '-c', x(1000)] }), { kind: 'too-long', bytes: 1001 }],
  [startOf({}, { words: ['deploy', 'a\0b'] }), { kind: 'null-byte' }],
  [startOf({}, { words: ['deploy', '\udfff'] }), { kind: 'not-unicode' }],
  [startOf({}, { own: { A: x(990), B: x(990), C: x(990) } }), { kind: 'too-much', maxBytes: 3000 }],
])('nothing can be started with %#', (start, obstacle) => {
  expect(fitStart(start, limits)).toMatchObject({ ok: false, obstacle });
});

test('whatever a registry says, what is to be started fits or is refused', () => {
  const text = oneof(string({ unit: 'binary', maxLength: 1500 }), string({ maxLength: 50 }));
  assert(
    property(text, text, text, text, (first, second, third, own) => {
      const told: Record<string, string> = {
        [metadata]: JSON.stringify({ first }),
        [companions]: JSON.stringify([second]),
        [service]: third,
      };
      const fitted = fitStart(startOf(told, { own: { OWN: own.replaceAll('\0', '') } }), limits);
      if (!fitted.ok) return;
      const all = Object.entries(fitted.environment).map(([name, value]) =>
        Buffer.byteLength(`${name}=${value}\0`),
      );
      expect(Math.max(...all)).toBeLessThanOrEqual(limits.oneBytes);
      expect(all.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(limits.allBytes);
      for (const { variable, text } of fitted.files) expect(told[variable]).toBe(text);
      expect(fitted.environment[service]).toBe(third);
    }),
  );
});
