import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planFileSchema } from '../../src/core/plan/plan-file.ts';
import { settingsOf } from '../../src/core/plan/plan-settings.ts';
import type { Call } from '../../src/core/plan/plan.ts';
import { realCaller } from '../../src/probes/call.ts';
import { rehearsalWorld } from '../../src/rehearsal/rehearse.ts';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import type { RequestText } from '../../src/world/registry.ts';
import type { CallOrder, World } from '../../src/world/world.ts';
import { fakeRegistry, instance } from '../cli/support/fake-registry.ts';
import { newDirectory } from '../support/new-directory.ts';
import { scriptedServer } from '../support/servers/scripted-server.ts';
import { noEvidence } from '../support/no-evidence.ts';

const own = instance('orders', '10.0.0.1', 8080);
const never = new AbortController().signal;

function orderOf(call: Call, purpose: CallOrder['purpose'] = 'leave'): CallOrder {
  const directory = join(newDirectory('call'), 'call');
  const place = { directory, workingDirectory: '/', environment: { NACOS_ROLLOUT_STEP: purpose } };
  return { purpose, call, registrations: [{ ...own, wasEnabled: true }], place };
}

const caller = realCaller(realClock, realCommands(realClock, { PATH: process.env['PATH'] ?? '' }));

test('a call by HTTP is what its answer says', async () => {
  const server = await scriptedServer(({ path }) => ({
    status: path === '/leave' ? 204 : 500,
    body: '',
  }));
  const call = (path: string, method = 'POST') =>
    caller(orderOf({ method, url: `${server.url}${path}` }), never);
  expect(await call('/leave')).toMatchObject({ kind: 'good' });
  expect(await call('/other', 'GET')).toEqual({ kind: 'http-status', status: 500 });
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /leave',
    'GET /other',
  ]);
  await server.close();
  expect(await call('/leave')).toMatchObject({ kind: 'refused', detail: 'ECONNREFUSED' });
});

test('a call by command is told what it is for', async () => {
  const order = orderOf({ run: 'echo "$NACOS_ROLLOUT_STEP"', timeoutMs: 10_000 });
  expect(await caller(order, never)).toMatchObject({ kind: 'good' });
  expect(readFileSync(join(order.place.directory, 'output.log'), 'utf8')).toBe('leave\n');
  const bad = orderOf({ run: 'exit 4', timeoutMs: 10_000 });
  expect(await caller(bad, never)).toEqual({ kind: 'command-failed', code: 4 });
});

test('a rehearsal sends no call: it is listed, and its reads show what would come of it', async () => {
  const registry = fakeRegistry([own]);
  const listed: RequestText[] = [];
  const real: World = {
    clock: realClock,
    registry,
    commands: realCommands(realClock, {}),
    probe: async () => ({ kind: 'good', ms: 0 }),
    evidence: noEvidence,
    call: () => Promise.reject(new Error('it was sent')),
  };
  const world = rehearsalWorld(real, (request) => listed.push(request));
  const call = { method: 'GET', url: 'http://10.0.0.1:8080/leave' };
  const shown = async (): Promise<boolean[]> => {
    const answer = await world.registry.instances(own);
    return answer.ok ? (answer.value?.items ?? []).map(({ enabled }) => enabled) : [];
  };
  expect((await world.call(orderOf(call), never)).kind).toBe('good');
  expect(await shown()).toEqual([false]);
  await world.call(orderOf(call, 'back'), never);
  expect(await shown()).toEqual([true]);
  expect(listed).toEqual([
    { ...call, hasToken: false },
    { ...call, hasToken: false },
  ]);
});

test('a plan file says how an application leaves and comes back', () => {
  const file = planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: 'x' }, back: { run: './back.sh', timeout: '5s' } },
    stages: [
      { services: [{ service: 'orders', leave: { http: 'GET http://{ip}:{port}/leave', instead: true } }] },
    ],
  });
  const [stage] = file.stages;
  const [entry] = stage?.services ?? [];
  if (entry === undefined) throw new Error('no service');
  const { leave, back } = settingsOf(entry, file.defaults ?? {});
  expect(leave).toEqual({ call: { method: 'GET', url: 'http://{ip}:{port}/leave' }, isInstead: true });
  expect(back).toEqual({ run: './back.sh', timeoutMs: 5000 });
  const wrong = { service: 'orders', leave: { http: 'LEAVE http://x/' } };
  expect(planFileSchema.safeParse({ version: 1, stages: [{ services: [wrong] }] }).success).toBe(false);
});
