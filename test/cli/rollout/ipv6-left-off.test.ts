import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { instance } from '../support/fake-registry.ts';
import { allOf, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

const name = '[2001:db8::5]:8080';
const registered = instance('orders', '[2001:db8:0:0:0:0:0:5]', 8080, { group: 'GRAY ONE' });

/** A machine with one rollout that ended while its target was off; `ip`: as it is registered now, if it is. */
function stageWith(ip: string | undefined): Stage {
  const facts: readonly Fact[] = [
    plannedFact([registered], 'GRAY ONE'),
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
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', facts);
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
    expect(line).toBe(`nacos-rollout enable 'GRAY ONE@@orders' --instance '${name}' --server http://a:8848`);
    const { code } = await stage.run(...wordsOf(line).slice(1));
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
