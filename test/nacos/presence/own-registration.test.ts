import { afterEach, describe, expect, test } from 'vitest';
import { claimOf, leaseInstance, leaseServiceId } from '../../../src/core/registry/lease.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { OwnInstance, Presence, Registry } from '../../../src/world/registry.ts';
import { sandboxSubject } from '../../contract/subjects/sandbox-subject.ts';
import { connectionTo, eventually, type Subject, itemsOf } from '../../contract/subjects/subject.ts';

const claim = { id: '0a1b2c3d', by: '王 <ops@host>', since: 'now', services: 'a,b' };
const own: OwnInstance = {
  instance: leaseInstance('public', claim.id),
  weight: 0,
  enabled: false,
  metadata: { ...claim, stage: 'claiming' },
};

describe.each(['1.4', '2.x', '3.x', '3.2'] as const)('a registration of our own, on %s', (kind) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open(): Promise<{ subject: Subject; registry: Registry; presence: Presence }> {
    const subject = await sandboxSubject({ kind, hasAuth: true, hasConsole: true });
    const user = { username: 'nacos', password: 'nacos' };
    const nacos = openNacos(connectionTo(subject.url, user), { clock: realClock });
    closing.push(
      () => subject.close(),
      () => nacos.registry.close(),
    );
    return { subject, ...nacos };
  }

  const stagesOf = async (registry: Registry): Promise<readonly (string | undefined)[]> => {
    const listed = itemsOf(await registry.instances(leaseServiceId('public')));
    return listed.map((instance) => claimOf(instance)?.stage);
  };

  test('is listed as it was announced, gives no consumer a route, and goes when it is withdrawn', async () => {
    const { subject, registry, presence } = await open();
    expect(await presence.announce(own)).toEqual({ ok: true, value: undefined });
    await eventually(
      subject,
      () => stagesOf(registry),
      (stages) => stages.length === 1,
    );
    const [listed] = itemsOf(await registry.instances(leaseServiceId('public')));
    const { instance, ...state } = own;
    expect(listed).toMatchObject({ ...instance, ...state });
    expect(itemsOf(await registry.consumerView(leaseServiceId('public')))).toEqual([]);
    await presence.announce({ ...own, metadata: { ...claim, stage: 'holding' } });
    await eventually(
      subject,
      () => stagesOf(registry),
      (stages) => stages[0] === 'holding',
    );
    expect(await presence.withdraw(own)).toEqual({ ok: true, value: undefined });
    await eventually(
      subject,
      () => stagesOf(registry),
      (stages) => stages.length === 0,
    );
  });

  test('lives on beats, and is told when it was forgotten', async () => {
    const { subject, registry, presence } = await open();
    await presence.announce(own);
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await subject.turn?.(5_000);
      expect(await presence.beat(own)).toEqual({ ok: true, value: 'known' });
    }
    await subject.turn?.(40_000);
    expect(await presence.beat(own)).toEqual({ ok: true, value: 'forgotten' });
    // A beat alone brings nothing back: somebody else may hold the lease by now.
    await subject.turn?.(1_000);
    expect(await stagesOf(registry)).toEqual([]);
  });
});
