import { expect, test } from 'vitest';
import { rehearsalWorld } from '../../src/rehearsal/rehearse.ts';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import type { World } from '../../src/world/world.ts';
import { fakeRegistry } from '../cli/support/fake-registry.ts';
import { noEvidence } from '../support/no-evidence.ts';

const service = { namespace: 'public', group: 'G', service: 'lease' };
const instance = { ...service, cluster: 'DEFAULT', ip: '198.18.0.1', port: 1 };
const lease = { instance, weight: 0, enabled: false, metadata: { id: 'ours' } };

function rehearsed(listed: string[]) {
  const unsent = () => Promise.reject(new Error('it was sent'));
  const real: World = {
    clock: realClock,
    registry: fakeRegistry([]),
    commands: realCommands(realClock, {}),
    probe: async () => ({ kind: 'good', ms: 0 }),
    evidence: noEvidence,
    call: unsent,
    presence: {
      announce: unsent,
      beat: unsent,
      withdraw: unsent,
      requestOf: (method) => ({ method, url: '', hasToken: false }),
    },
  };
  return rehearsalWorld(real, ({ method }) => listed.push(method));
}

test('a rehearsal takes no lease: it lists what would take, keep and give it back, one beat for all', async () => {
  const listed: string[] = [];
  const { presence } = rehearsed(listed);
  await presence?.announce(lease);
  await presence?.announce(lease);
  for (let beats = 0; beats < 3; beats += 1)
    expect(await presence?.beat(lease)).toEqual({ ok: true, value: 'known' });
  await presence?.withdraw(lease);
  expect(listed).toEqual(['announce', 'announce', 'beat', 'withdraw']);
});

test('a rehearsal finds its own claim listed, as a real run would: it waits for nothing longer', async () => {
  const { presence, registry } = rehearsed([]);
  const ids = async (): Promise<unknown> => {
    const answer = await registry.instances(service);
    return answer.ok ? answer.value?.items.map(({ metadata }) => metadata['id']) : answer;
  };
  await presence?.announce(lease);
  expect(await ids()).toEqual(['ours']);
  await presence?.withdraw(lease);
  expect((await ids()) ?? []).toEqual([]);
});
