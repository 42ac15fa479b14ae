import { expect, test } from 'vitest';
import { claimMetadata, claimOf, leaseInstance, leaseServiceId } from '../../../src/core/registry/lease.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { OwnInstance } from '../../../src/world/registry.ts';
import { errorOf, eventually, isThree, type Subject, itemsOf } from '../subjects/subject.ts';

const id = '0a1b2c3d';
const manyServices = Array.from({ length: 60 }, (_, index) => `hash${index}`);

function ownAs(stage: 'claiming' | 'holding'): OwnInstance {
  const claim = { id, by: '王 <ops@host>', since: '2026-11-21T20:00:00.000Z', stage, services: manyServices };
  const metadata = claimMetadata(claim);
  return { instance: leaseInstance('public', id), weight: 0, enabled: false, metadata };
}

/** Registrations of our own: the lease. */
export function presences(subject: () => Subject): void {
  test('a lease is announced, changed, kept and withdrawn, and gives no consumer a route', async () => {
    const { registry, presence } = openNacos(subject().connection, { clock: realClock });
    const own = ownAs('claiming');
    const known = [own.instance];
    const read = async (): Promise<readonly Instance[]> =>
      itemsOf(await registry.instances(leaseServiceId('public'), { known }));
    const stages = (instances: readonly Instance[]) => instances.map((one) => claimOf(one)?.stage);
    try {
      expect(await presence.announce(own)).toEqual({ ok: true, value: undefined });
      const [announced] = await eventually(subject(), read, ({ length }) => length === 1);
      // Where lists hide who is off, only the weight keeps consumers away.
      const isOn = subject().kind === 'r-nacos';
      expect(announced).toMatchObject({ weight: 0, enabled: isOn, metadata: own.metadata });
      expect(await presence.announce(ownAs('holding'))).toEqual({ ok: true, value: undefined });
      expect(stages(await eventually(subject(), read, (all) => stages(all)[0] === 'holding'))).toHaveLength(
        1,
      );
      expect(await presence.beat(ownAs('holding'))).toEqual({ ok: true, value: 'known' });
      if (!isOn) expect(itemsOf(await registry.consumerView(own.instance))).toEqual([]);
      expect(await presence.withdraw(own)).toEqual({ ok: true, value: undefined });
      expect(await eventually(subject(), read, ({ length }) => length === 0)).toEqual([]);
      const forgotten = isOn ? 'known' : 'forgotten';
      expect(await presence.beat(own)).toEqual({ ok: true, value: forgotten });
      await presence.withdraw(own);
    } finally {
      await registry.close();
    }
  });

  test('metadata above what a server takes is refused, and said', async ({ skip }) => {
    skip(!isThree(subject()), 'it takes any length');
    const { registry, presence } = openNacos(subject().connection, { clock: realClock });
    try {
      const metadata = { long: 'x'.repeat(1_100) };
      expect(errorOf(await presence.announce({ ...ownAs('claiming'), metadata }))).toBe('rejected');
    } finally {
      await registry.close();
    }
  });
}
