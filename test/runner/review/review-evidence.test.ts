import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { FileDrain } from '../../../src/core/plan/drain-file.ts';
import type { Reading } from '../../../src/core/event/failure.ts';
import type { Subscriber } from '../../../src/world/registry.ts';
import type { Clock } from '../../../src/world/clock.ts';
import type { EvidenceProbe } from '../../../src/world/world.ts';
import { instance } from '../../cli/support/fake-registry.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';

import { interfaces, gateway, shop, three, review, of, sentences, telling } from './reviewed.ts';

const readings: readonly (readonly [Reading, string, string])[] = [
  [{ kind: 'http-status', status: 404 }, 'HTTP 404, and 2xx was wanted', '404'],
  [{ kind: 'refused', detail: 'ECONNREFUSED' }, 'no connection (ECONNREFUSED)', 'ECONNREFUSED'],
  [{ kind: 'timed-out', afterMs: 2000 }, 'no answer within 2 s', '2 秒'],
  [{ kind: 'unexpected', expected: 'json', found: '<html>' }, 'JSON, but said <html>', '<html>'],
];

test.each(readings)(
  'a source that fails (%j) on a working instance refuses the review',
  async (why, en, zh) => {
    const url = 'http://{ip}:{port}/actuator';
    const evidence: EvidenceProbe = async (_source, { ip }) =>
      ip === '10.0.0.2' ? { kind: 'failed', why } : telling(true)({} as Evidence, {} as never, {} as never);
    const findings = await review({ evidence: { actuator: url } }, { evidence });
    const failed = of(findings, 'evidence-fails');
    expect(failed).toEqual([
      {
        level: 'refused',
        kind: 'evidence-fails',
        targets: ['10.0.0.2:80'],
        source: `actuator ${url}`,
        reading: why,
      },
    ]);
    expect(sentences(failed)).toEqual([
      expect.stringMatching(
        /^The evidence actuator .* tells nothing of 10\.0\.0\.2:80, which works now .*or leave it out\.$/,
      ),
    ]);
    expect(sentences(findings).join('\n')).not.toContain('Evidence: .');
    expect(sentences(failed)[0]).toContain(en);
    expect(sentences(failed, 'zh-CN')[0]).toContain(zh);
  },
);

test('a source is not tried on what is off already, nor what a rehearsal would have to run', async () => {
  const list = three();
  list[0] = instance('orders', '10.0.0.1', 80, { enabled: false });
  const asked: string[] = [];
  const evidence: EvidenceProbe = async (source, { ip }) => {
    asked.push(`${source.kind} ${ip}`);
    return { kind: 'failed', why: { kind: 'not-run' } };
  };
  const findings = await review({ evidence: 'connections' }, { list, evidence });
  expect(asked).toEqual(['connections 10.0.0.2', 'connections 10.0.0.3']);
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(of(findings, 'evidence')).toMatchObject([{ level: 'warning', untried: ['connections'] }]);
  expect(sentences(of(findings, 'evidence'))[0]).toContain(
    'Evidence: connections (not tried: commands run only before a real start).',
  );
  expect(sentences(of(findings, 'evidence'), 'zh-CN')[0]).toContain('connections（未试：');
});

test('says of a service what ends its drain, and from where each limit is', async () => {
  const drain = {
    time: '60s',
    evidence: 'connections',
    floor: '3s',
    ceiling: '2m',
    certainty: '99.95%',
  } as const;
  const given = { evidence: telling(true), subscribers: [gateway, shop] };
  const found = of(await review(drain, given), 'evidence');
  expect(found).toMatchObject([{ level: 'good', because: [], untried: [] }]);
  expect(sentences(found)).toEqual([
    'The drain of orders ends when nobody calls any more (99.95% sure): at least 3 s, at most 1 min (as given), or up to 2 min while calls go on. Evidence: connections (no call within 1 s).',
  ]);
  expect(sentences(found, 'zh-CN')).toEqual([
    '服务 orders 的排空在不再有调用时结束（可信度 99.95%）：至少 3 秒，最多 1 分钟（按所给时间），仍有调用则最多到 2 分钟。证据来源：connections（1 秒内没有调用）。',
  ]);
});

test.each<[boolean, readonly Subscriber[], FileDrain['slowest'], readonly string[]]>([
  [true, [gateway], undefined, []],
  [true, [gateway, shop], undefined, []],
  [true, [gateway, gateway], undefined, ['several-consumers']],
  [true, [], undefined, ['unseen-consumer']],
  [false, [gateway], undefined, []],
  [false, [gateway, shop], undefined, ['several-consumers']],
  [false, [gateway, shop], '1/s', []],
])('callers apart: %j, consumers %j, slowest %j: lengthens only because %j', async (...given) => {
  const [isPerCaller, subscribers, slowest, because] = given;
  const drain = { evidence: 'connections', ...(slowest !== undefined && { slowest }) } as const;
  const found = of(await review(drain, { evidence: telling(isPerCaller), subscribers }), 'evidence');
  expect(found).toMatchObject([{ because, level: because.length === 0 ? 'good' : 'warning' }]);
  expect(sentences(found)[0]?.includes('never less, because')).toBe(because.length > 0);
});

test('a companion of which no source tells is no reason to refuse, and is waited for', async () => {
  const list = three().flatMap((one) => [one, { ...one, service: interfaces, port: 20_880 }]);
  const evidence: EvidenceProbe = async (source, registration, signal) =>
    registration.port === 80
      ? telling(true)(source, registration, signal)
      : { kind: 'failed', why: { kind: 'refused', detail: 'ECONNRESET' } };
  const drain = { evidence: { actuator: 'http://{ip}:{port}/actuator' } };
  const findings = await review(drain, { list, companion: interfaces, evidence });
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(of(findings, 'evidence')).toMatchObject([
    { service: 'orders', because: [] },
    { service: interfaces, because: ['uncovered'] },
  ]);
});

test('connections of a port that several interfaces share are looked at once at a time', async () => {
  const list = three().flatMap((one) => [one, { ...one, service: interfaces }]);
  let open = 0;
  const most = { open: 0 };
  const evidence: EvidenceProbe = async (source, registration, signal) => {
    most.open = Math.max(most.open, ++open);
    await Promise.resolve();
    open -= 1;
    return telling(true)(source, registration, signal);
  };
  const findings = await review({ evidence: 'connections' }, { list, companion: interfaces, evidence });
  expect(of(findings, 'evidence')).toMatchObject([{ service: 'orders' }, { service: interfaces }]);
  expect(most.open).toBe(3);
});

test.each([
  ['40s', 'at least 5 s, at most 40 s (as given), or up to 3 min while calls go on'],
  [
    '5s',
    'never less than 5 s (as given), as its floor is no shorter: evidence only lengthens it, up to 3 min while',
  ],
  [
    '4s',
    'never less than 4 s (as given), as its floor is no shorter: evidence only lengthens it, up to 3 min while',
  ],
])('a drain of %s says whether evidence can shorten it', async (time, said) => {
  const drain = { time, evidence: { actuator: 'http://{ip}:{port}/actuator' } };
  expect(sentences(of(await review(drain, { evidence: telling(true) }), 'evidence'))[0]).toContain(said);
});

test('what fails alike on several targets is said once, with all of them', async () => {
  const evidence: EvidenceProbe = async (_source, { ip }) => ({
    kind: 'failed',
    why: ip === '10.0.0.2' ? { kind: 'timed-out', afterMs: 2000 } : { kind: 'elsewhere', ip },
  });
  const failed = of(await review({ evidence: 'connections' }, { evidence }), 'evidence-fails');
  expect(sentences(failed)).toEqual([
    'The evidence connections tells nothing of 10.0.0.1:80, 10.0.0.3:80, which work now (its address is none of this machine: give a command that prints the connections there, connections:COMMAND): correct it, or leave it out.',
    'The evidence connections tells nothing of 10.0.0.2:80, which works now (no answer within 2 s): correct it, or leave it out.',
  ]);
  expect(sentences(failed, 'zh-CN')[0]).toContain('10.0.0.1:80、10.0.0.3:80 现在正常工作');
});

/** A counter for each instance: `perSecond` calls of others, and one more for each reading where it counts us. */
function counting(
  clock: Clock,
  perSecond: Readonly<Record<string, number>>,
  countsUs: boolean,
  takesMs = 10,
): EvidenceProbe {
  const reads = new Map<string, number>();
  return async (_source, { ip }) => {
    await clock.sleep(takesMs);
    reads.set(ip, (reads.get(ip) ?? 0) + 1);
    const others = Math.floor(((perSecond[ip] ?? 0) * clock.monotonic()) / 1000);
    const value = others + (countsUs ? (reads.get(ip) ?? 0) : 0);
    const counters = [{ caller: 'all', key: '', value }];
    return { kind: 'read', reading: { unit: 'calls', isPerCaller: false, counters } };
  };
}

const json = { evidence: { json: { url: 'http://{ip}:{port}/stats', path: 'calls' } } } as const;

test('says how many calls a second each source counts, and to whom it counts none', async () => {
  const clock = hastyClock();
  const list = three().slice(0, 2);
  const evidence = counting(clock, { '10.0.0.1': 40, '10.0.0.2': 0 }, false);
  const findings = await review(json, { clock, list, evidence });
  const [found] = of(findings, 'evidence');
  expect(of(findings, 'evidence-counts-us')).toEqual([]);
  if (found?.kind !== 'evidence') throw new Error('nothing found');
  expect(found.measured).toMatchObject([{ isLeast: false, silent: ['10.0.0.2:80'] }]);
  expect(found.measured[0]?.perSecond).toBeGreaterThan(30);
  expect(found.measured[0]?.perSecond).toBeLessThan(45);
  expect(sentences([found])[0]).toMatch(
    /Evidence: json http:\S+#calls \([\d.]+ calls\/s now, none to 10\.0\.0\.2:80\)\.$/,
  );
  expect(sentences([found], 'zh-CN')[0]).toMatch(
    /（现在每秒 [\d.]+ 次调用，其中没有调用 10\.0\.0\.2:80）。$/,
  );
});

test.each([
  ['nobody else calls', 0, 10],
  ['others call too', 20, 10],
])('a source that counts our own readings is named: %s', async (_, rate, takesMs) => {
  const clock = hastyClock();
  const list = three().slice(0, 1);
  const evidence = counting(clock, { '10.0.0.1': rate }, true, takesMs);
  const findings = await review(json, { clock, list, evidence });
  const named = of(findings, 'evidence-counts-us');
  expect(named).toMatchObject([{ level: 'warning', instances: ['10.0.0.1:80'] }]);
  expect(sentences(named)[0]).toContain('grows each time we read it, so it never falls silent');
  expect(sentences(named, 'zh-CN')[0]).toContain('永远不会沉默');
  const [found] = of(findings, 'evidence');
  expect(found?.kind === 'evidence' && found.measured[0]?.perSecond).toBeCloseTo(rate, -1);
});

test('many calls of others between two readings are no sign of that', async () => {
  const clock = hastyClock();
  const evidence = counting(clock, { '10.0.0.1': 500 }, false);
  const findings = await review(json, { clock, list: three().slice(0, 1), evidence });
  expect(of(findings, 'evidence-counts-us')).toEqual([]);
});
