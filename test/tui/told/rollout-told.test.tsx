import { expect, test } from 'vitest';
import type { FactOf } from '../../../src/core/rollout/event.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { first, openRollout } from '../support/open-rollout.tsx';
import { observed } from '../support/usual-plan.ts';

type ToldByNode = NonNullable<FactOf<'read-back'>['told']>;

const [one, two] = ['http://10.0.0.1:8848', 'http://10.0.0.2:8848'];

/** A drain after a disable, of whose registrations consumers were told so. */
async function draining(options: Parameters<typeof openRollout>[0], ...tolds: readonly ToldByNode[]) {
  const opened = await openRollout({ size: { columns: 120, rows: 30 }, ...options });
  const { link } = opened;
  link.say({ type: 'disable-began', target: first, attempt: 1 });
  for (const [registration, told] of tolds.entries())
    link.say({ type: 'read-back', target: first, registration, enabled: false, nodes: [], told });
  link.say({ type: 'disabled', target: first, attempt: 1, ms: 620 });
  link.say({ type: 'drain-began', target: first, attempt: 1, totalMs: 40_000 });
  return opened;
}

test('says for whom it is gone and since when: of a process, what was told last', async () => {
  const opened = await draining(
    {},
    [
      { node: one, ms: 600 },
      { node: two, ms: 700 },
    ],
    [
      { node: one, ms: 550 },
      { node: two, ms: 1100 },
    ],
  );
  await opened.second();
  expect(opened.screen()).toContain(
    'Gone for consumers of 10.0.0.1:8848 after 0.6 s, of 10.0.0.2:8848 after 1.1 s.',
  );
});

test('says where consumers were not told in time', async () => {
  const opened = await draining({}, [{ node: one, ms: 600 }, { node: two }], [{ node: two, ms: 700 }]);
  await opened.second();
  expect(opened.screen()).toContain('Gone for consumers of 10.0.0.1:8848 after 0.6 s.');
  expect(opened.screen()).toContain('consumers of 10.0.0.2:8848 were not told in time');
});

const refused: RegistryError = { kind: 'unreachable', addresses: ['10.0.0.1:9848'], detail: 'refused' };

test.each([
  [false, true],
  [true, false],
])('says what is not heard, and why (sandbox: %s)', async (isSandbox, isSaid) => {
  const opened = await draining({ isSandbox });
  const services = observed([one, two], () => ({}));
  opened.link.observe(
    services.map((service) => ({
      ...service,
      nodes: service.nodes.map((node) => (node.node === one ? { ...node, unheard: refused } : node)),
    })),
  );
  await opened.second();
  const said = 'What 10.0.0.1:8848 tells consumers is not heard, so its lists are polled';
  expect(opened.screen().includes(said)).toBe(isSaid);
  expect(opened.screen()).not.toContain('What 10.0.0.2:8848');
});
