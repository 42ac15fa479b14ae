import { expect, test } from 'vitest';
import type { FactOf } from '../../../src/core/event/event.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { first, openRollout } from '../support/open-rollout.ts';
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
    'Consumers were told that it is off: by 10.0.0.1:8848 after 0.6 s, by 10.0.0.2:8848 after 1.1 s.',
  );
});

test('says where consumers were not told in time', async () => {
  const opened = await draining({}, [{ node: one, ms: 600 }, { node: two }], [{ node: two, ms: 700 }]);
  await opened.second();
  expect(opened.screen()).toContain('Consumers were told that it is off: by 10.0.0.1:8848 after 0.6 s.');
  expect(opened.screen()).toContain('consumers of 10.0.0.2:8848 were not told in time');
});

const refusedAt = (address: string): RegistryError => ({
  kind: 'unreachable',
  addresses: [address],
  detail: 'No connection established',
});
const unheard: Readonly<Record<string, RegistryError>> = {
  [one]: refusedAt('10.0.0.1:9848'),
  [two]: { kind: 'timeout', address: '10.0.0.2:9848', afterMs: 3000, wasSent: false },
};

test.each<[boolean, readonly string[], string | undefined]>([
  [false, [one], '10.0.0.1:8848'],
  [false, [one, two], '10.0.0.1:8848, 10.0.0.2:8848'],
  [true, [], undefined],
])('a closed gRPC port is one line, and no outage (sandbox: %s, %j)', async (isSandbox, silent, named) => {
  const opened = await draining({ isSandbox });
  opened.link.observe(
    observed([one, two], () => ({})).map((service) => ({
      ...service,
      nodes: service.nodes.map((node) =>
        silent.includes(node.node) ? { ...node, unheard: unheard[node.node] } : node,
      ),
    })),
  );
  await opened.second();
  const said = opened.screen().replaceAll(/\s*\n\s*/g, ' ');
  expect(said).not.toContain('cannot be reached');
  if (named === undefined) expect(said).not.toContain('No pushes');
  else expect(said).toContain(`No pushes from ${named} (gRPC port closed): lists are polled.`);
});

test('what else keeps pushes away is told in its own words', async () => {
  const opened = await draining({ isSandbox: false });
  const error: RegistryError = { kind: 'forbidden', resource: 'orders', action: 'read' };
  opened.link.observe(
    observed([one], () => ({})).map((service) => ({
      ...service,
      nodes: service.nodes.map((node) => ({ ...node, unheard: error })),
    })),
  );
  await opened.second();
  expect(opened.screen()).toContain('No pushes from 10.0.0.1:8848: lists are polled. This user has no read');
});
