import { reachedAt } from '../../support/reached.ts';
import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { apply } from '../../../src/core/rollout/apply.ts';
import type { Event, Fact } from '../../../src/core/rollout/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const name = '[2001:db8::5]:8080';
const registered = instance('orders', '[2001:db8:0:0:0:0:0:5]', 8080, { group: 'GRAY ONE' });

/** A machine with one rollout that ended while its target was off; `ip`: as it is registered now, if it is. */
function stageWith(ip: string | undefined): Stage {
  const made = makePlan(
    { version: 1, stages: [{ services: [{ service: 'orders', group: 'GRAY ONE', deploy: { run: 'x' } }] }] },
    { namespace: 'public', group: 'DEFAULT_GROUP', lists: () => [registered] },
  );
  if (!made.ok) throw new Error('the plan of this test is none');
  const facts: readonly Fact[] = [
    {
      type: 'rollout-planned',
      plan: made.plan,
      by: 'ann@bastion',
      reached: reachedAt('http://a:8848'),
      world: 'real',
      isAttended: false,
      nodes: ['http://a:8848'],
      workingDirectory: '/srv',
    },
    { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
    { type: 'disable-began', target: name, attempt: 1 },
    {
      type: 'write-began',
      target: name,
      registration: 0,
      enabled: false,
      weight: 5,
      purpose: 'disable',
      request: { method: 'PATCH', url: 'http://a', hasToken: false },
    },
    { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 },
  ];
  const at = '2026-11-21T20:00:00.000Z';
  const events = facts.map((fact, seq): Event => ({ v: 1, seq, at, rollout: 'aaaa', ...fact }));
  let rollout: Rollout | undefined;
  for (const event of events) rollout = apply(rollout, event);
  if (rollout === undefined) throw new Error('no event');
  const open = { id: 'aaaa', directory: '/s/aaaa', rollout, isRunning: false };
  const other = instance('orders', '2001:db8::99', 8080, { group: 'GRAY ONE' });
  const stage = setStage([...(ip === undefined ? [] : [{ ...registered, ip, enabled: false }]), other]);
  const launcher = {
    ...stage.ports.launcher,
    all: allOf(open),
    read: async () => ({ ok: true, open, events }) as const,
  };
  stage.ports = { ...stage.ports, launcher };
  return stage;
}

/** The words of a line that is pasted into a shell. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);

test.each([registered.ip, '2001:db8::5', '2001:DB8::0:5'])(
  'the command that status offers puts it on, registered as %s',
  async (ip) => {
    const stage = stageWith(ip);
    const { out } = await stage.run('status');
    const [line = ''] = /nacos-rollout enable .*/.exec(out) ?? [];
    expect(line).toBe(`nacos-rollout enable 'GRAY ONE@@orders' --instance '${name}'`);
    const { code } = await stage.run(...wordsOf(line).slice(1), '--server', 'a');
    expect(code).toBe(0);
    expect(stage.registry.writes).toMatchObject([{ enabled: true, instance: { ip } }]);
  },
);

test('what is gone is named, in a shell’s words, and may be spelled otherwise by who says so', async () => {
  const stage = stageWith(undefined);
  expect((await stage.run('status')).out).toContain(`nacos-rollout doctor --gone '${name}'`);
  expect((await stage.run('doctor')).out).toContain(`nacos-rollout doctor --gone '${name}'`);
  const gone: unknown[] = [];
  const mend: typeof stage.ports.doctor.mend = async (_id, _connected, wish) => {
    gone.push(wish.gone);
    return { ok: true, mended: [{ target: name, kind: 'forgotten' }] };
  };
  stage.ports = { ...stage.ports, doctor: { ...stage.ports.doctor, mend } };
  const spelled = '[2001:DB8:0:0:0:0:0:5]:8080';
  expect((await stage.run('doctor', '--gone', spelled)).code).toBe(0);
  expect(gone).toEqual([[spelled]]);
});
