import { expect, test } from 'vitest';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import { target } from '../support/orders-stage.ts';
import { openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const finish = { run: './tell.sh', timeoutMs: 60_000 };
const done: Fact = { type: 'rollout-ended', outcome: 'done', exitCode: 0 };

/** A rollout that has ended; `finish` was not run for it. */
function endedStage(): Stage & { readonly resumed: string[] } {
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('it is not planned');
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [
    { ...planned, plan: { ...planned.plan, on: { finish } } },
    done,
  ]);
  const stage = setStage([]);
  const resumed: string[] = [];
  const about = { on: 'finish', about: 1, attempt: 1 } as const;
  const later: Event[] = [
    { ...about, type: 'occasion-began', command: './tell.sh', directory: 'on/1-finish-1' },
    { ...about, type: 'occasion-ended', ms: 20, result: { kind: 'exited', code: 0 } },
  ].map((fact, index) => ({ ...(events.at(-1) as Event), ...fact, seq: 2 + index }) as Event);
  const link = { id: 'aaaa', directory: '/state', close: () => undefined } as never;
  const launcher = {
    ...stage.ports.launcher,
    read: async () =>
      ({ ok: true, open, events: resumed.length === 0 ? events : [...events, ...later] }) as const,
    resume: async (id: string) => {
      resumed.push(id);
      return { ok: true, link } as const;
    },
  };
  stage.ports = { ...stage.ports, launcher };
  return Object.assign(stage, { resumed });
}

test('resume runs what was left beside a rollout that has ended, without a question, and gives its exit code', async () => {
  const stage = endedStage();
  const { code, out } = await stage.run('resume', 'aaaa');
  expect(code).toBe(0);
  expect(stage.resumed).toEqual(['aaaa']);
  expect(out).toContain('./tell.sh');
  expect(out).not.toContain(target);
  const again = await stage.run('resume', 'aaaa');
  expect(again.err).toContain('has ended');
  expect(stage.resumed).toHaveLength(1);
});

test.each([['--abort', 'put-back'], ['--pass-gate'], ['--decide', `${target}=retry`]])(
  'nothing is left to decide of it: %s',
  async (...flags) => {
    const stage = endedStage();
    const { err } = await stage.run('resume', 'aaaa', ...flags);
    expect(err).toContain('has ended');
    expect(stage.resumed).toEqual([]);
  },
);

test('the report names what was left, and the command that does it', async () => {
  const stage = endedStage();
  expect((await stage.run('report', 'aaaa')).out).toContain('nacos-rollout resume aaaa');
  await stage.run('resume', 'aaaa');
  expect((await stage.run('report', 'aaaa')).out).not.toContain('resume aaaa');
});
