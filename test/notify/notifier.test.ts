import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { notifyFileSchema, notifyOf } from '../../src/core/notify/notify-file.ts';
import type { Receiver } from '../../src/core/notify/receiver.ts';
import { parseEvent } from '../../src/core/event/event.ts';
import { openNotifier } from '../../src/notify/notifier.ts';
import type { Clock } from '../../src/world/clock.ts';
import type { Notice } from '../../src/core/report/due-notices.ts';
import type { Told } from '../../src/world/world.ts';
import { plainPlace, plainScenario, rolloutOn } from '../simulation/run-plain.ts';
import { newDirectory } from '../support/new-directory.ts';
import { ownAuthority } from '../support/servers/own-authority.ts';
import { dingTalk, feishu, slack, weCom } from '../support/servers/chat-services.ts';
import { type Script, scriptedServer } from '../support/servers/scripted-server.ts';

const nowMs = Date.UTC(2026, 10, 21, 20);
const secret = 'SEC0f1e2d';
const token = 'b1946ac92492d2347c6235b4d2611184';
const never = new AbortController().signal;

/** Waits between tries are over at once and told; the time of a request is over when the test says so. */
function clockOf(isLate = false): Clock & { readonly waitsMs: number[] } {
  const waitsMs: number[] = [];
  return {
    waitsMs,
    monotonic: () => 0,
    wallClock: () => nowMs,
    sleep: (ms, signal) => {
      if (ms !== 5000) return Promise.resolve(void waitsMs.push(ms));
      if (isLate) return Promise.resolve();
      return new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

function noticeOf(service = 'orders'): Notice {
  const scenario = plainScenario(2, (plan) => ({
    ...plan,
    minimums: plan.minimums.map((one) => ({ ...one, service })),
    targets: plan.targets.map((target) => ({
      ...target,
      registrations: target.registrations.map((one) => ({ ...one, service })),
    })),
  }));
  const rollout = rolloutOn(plainPlace(scenario).paper);
  const why = { kind: 'command', result: { kind: 'exited', code: 7 } } as const;
  return {
    rollout,
    event: {
      v: 1,
      seq: 5,
      at: '2026-11-21T20:00:00.000Z',
      rollout: rollout.id,
      type: 'step-failed',
      target: '10.0.0.1:8080',
      step: 'deploy',
      attempt: 1,
      ms: 900,
      why,
    },
  };
}

async function serve(script: Script) {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}

type Env = Readonly<Record<string, string>>;
type Given = { clock?: Clock; notice?: Notice; signal?: AbortSignal; language?: 'en' | 'zh-CN' };

async function tell(
  entry: unknown,
  env: Env,
  { clock = clockOf(), notice = noticeOf(), signal = never, language = 'en' }: Given = {},
): Promise<Told> {
  const plan = notifyOf(notifyFileSchema.parse([entry]), language);
  const notifier = await openNotifier(plan, 'en', { env, clock, host: 'ops-1' });
  return notifier.tell(plan.to[0] as Receiver, notice, signal);
}

const text = (body: string): string => {
  const { content, text } = JSON.parse(body) as {
    content?: { text: string };
    text?: string | { content: string };
  };
  return content?.text ?? (typeof text === 'string' ? text : (text?.content ?? ''));
};

test('DingTalk takes what is signed, and says why it does not take what is signed with another secret', async () => {
  const server = await serve((request) => dingTalk(request, { token, secret, nowMs }));
  const env = { URL: `${server.url}/robot/send?access_token=${token}`, SECRET: secret };
  const entry = { dingtalk: { url: 'env:URL', secret: 'env:SECRET' } };
  expect(await tell(entry, env)).toEqual({ kind: 'sent', tries: 1 });
  expect(text(server.requests[0]?.body ?? '').split('\n')).toEqual([
    '[nacos-rollout] orders',
    '10.0.0.1:8080  deploy failed: The deploy command failed: it ended with exit code 7.',
    expect.stringMatching(/^on ops-1: .*nacos-rollout attach \w+$/),
  ]);
  expect(await tell(entry, { ...env, SECRET: 'another' })).toMatchObject({
    kind: 'failed',
    tries: 1,
    why: { kind: 'not-accepted', code: 310_000, message: expect.stringContaining('sign not match') },
  });
});

test('Feishu takes what is signed, and nobody is called by what a name holds', async () => {
  const server = await serve((request) => feishu(request, { token, secret, nowMs }));
  const env = { URL: `${server.url}/open-apis/bot/v2/hook/${token}`, SECRET: secret };
  const entry = { feishu: { url: 'env:URL', secret: 'env:SECRET' } };
  const notice = noticeOf('<at user_id="all">');
  expect(await tell(entry, env, { notice, language: 'zh-CN' })).toEqual({ kind: 'sent', tries: 1 });
  expect(text(server.requests[0]?.body ?? '')).toContain('＜at user_id');
  expect(text(server.requests[0]?.body ?? '')).toMatch(/\n在 ops-1 上：/);
  expect(await tell(entry, { ...env, SECRET: 'another' })).toMatchObject({
    why: { kind: 'not-accepted', code: 19_021 },
  });
});

test('WeCom gets no text that is too long, and its key is in nothing that is told of a refusal', async () => {
  const server = await serve((request) => weCom(request, token));
  const env = { URL: `${server.url}/cgi-bin/webhook/send?key=${token}` };
  const long = { notice: noticeOf('订单'.repeat(900)) };
  expect(await tell({ wecom: 'env:URL' }, env, long)).toEqual({ kind: 'sent', tries: 1 });
  expect(Buffer.byteLength(text(server.requests[0]?.body ?? ''))).toBeGreaterThan(1990);
  const told = await tell({ wecom: 'env:URL' }, { URL: `${env.URL}5` });
  expect(told).toMatchObject({ why: { kind: 'not-accepted', code: 93_000 } });
  expect(JSON.stringify(told)).not.toContain(token);
});

test('Slack is told what is no link, and its word for a refusal is kept', async () => {
  const server = await serve((request) => slack(request, `/services/T1/B1/${token}`));
  const url = `${server.url}/services/T1/B1/${token}`;
  const notice = noticeOf('<!channel>');
  expect(await tell({ slack: 'env:URL' }, { URL: url }, { notice })).toEqual({ kind: 'sent', tries: 1 });
  expect(text(server.requests[0]?.body ?? '')).toContain('&lt;!channel&gt;');
  expect(await tell({ slack: 'env:URL' }, { URL: `${url}x` })).toEqual({
    kind: 'failed',
    tries: 1,
    why: { kind: 'not-accepted', code: 404, message: 'no_service' },
  });
});

test('a webhook gets the event as it stands in the journal', async () => {
  const server = await serve(() => ({ status: 204 }));
  const notice = noticeOf();
  expect(await tell({ webhook: `${server.url}/hook` }, {}, { notice })).toEqual({ kind: 'sent', tries: 1 });
  const sent: unknown = JSON.parse(server.requests[0]?.body ?? '');
  expect(parseEvent(sent)).toEqual({ ok: true, event: notice.event });
});

test('who is busy or does not answer is told again, a little later each time', async () => {
  let count = 0;
  const server = await serve(() => {
    count += 1;
    if (count === 1) return 'break';
    return count === 2 ? { status: 503 } : { body: { errcode: count === 3 ? 45_009 : 0 } };
  });
  const clock = clockOf();
  expect(await tell({ wecom: 'env:URL' }, { URL: server.url }, { clock })).toEqual({
    kind: 'sent',
    tries: 4,
  });
  expect(clock.waitsMs).toEqual([1000, 3000, 9000]);
});

test('a receiver that says nothing, or goes on saying no, is given up', async () => {
  const silent = await serve(() => 'hang');
  expect(await tell({ webhook: silent.url }, {}, { clock: clockOf(true) })).toEqual({
    kind: 'failed',
    tries: 4,
    why: { kind: 'unanswered', reading: { kind: 'timed-out', afterMs: 5000 } },
  });
  const told = silent.requests.length;
  const elsewhere = await serve(() => ({ status: 302, location: silent.url }));
  expect(await tell({ webhook: elsewhere.url }, {})).toEqual({
    kind: 'failed',
    tries: 1,
    why: { kind: 'unanswered', reading: { kind: 'http-status', status: 302 } },
  });
  expect(silent.requests).toHaveLength(told);
});

test('why a service refuses is told also where its status is that of an error, and limits pass', async () => {
  const strict = await serve((request) => feishu(request, { token, secret, nowMs }));
  expect(await tell({ feishu: 'env:URL' }, { URL: `${strict.url}/open-apis/bot/v2/hook/nix` })).toMatchObject(
    {
      tries: 1,
      why: { kind: 'not-accepted', code: 19_001 },
    },
  );
  let count = 0;
  const busy = await serve(() => ({ status: 400, body: { code: (count += 1) === 1 ? 11_232 : 9499 } }));
  expect(await tell({ feishu: 'env:URL' }, { URL: busy.url })).toMatchObject({
    tries: 2,
    why: { kind: 'not-accepted', code: 9499 },
  });
});

test('an abort ends the tries', async () => {
  const silent = await serve(() => 'hang');
  const ends = new AbortController();
  const told = tell({ webhook: silent.url }, {}, { signal: ends.signal });
  await expect.poll(() => silent.requests.length).toBe(1);
  ends.abort();
  expect(await told).toEqual({ kind: 'failed', tries: 1, why: { kind: 'no-time' } });
});

test('what cannot be read is named by its reference', async () => {
  const path = join(newDirectory('notify'), 'url');
  writeFileSync(path, 'no url\n', { mode: 0o600 });
  expect(await tell({ slack: 'env:NIX' }, {})).toMatchObject({
    tries: 1,
    why: { kind: 'no-secret', reference: 'env:NIX' },
  });
  expect(await tell({ slack: `file:${path}` }, {})).toMatchObject({
    why: { kind: 'no-url', reference: `file:${path}` },
  });
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 gives no token to whoever has any certificate', async () => {
  const authority = ownAuthority();
  const keys = { key: authority('server.key'), cert: authority('server.crt') };
  const server = await scriptedServer(() => ({ body: { errcode: 0 } }), keys);
  onTestFinished(() => server.close());
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const told = await tell({ wecom: 'env:URL' }, { URL: `${server.url}/send?key=${token}` });
  expect(told).toMatchObject({ kind: 'failed', why: { kind: 'unanswered' } });
  expect(server.requests).toEqual([]);
});
