import { expect, test } from 'vitest';
import { claimMetadata, leaseInstance, serviceHash } from '../../../src/core/registry/lease.ts';
import type { OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import { fakeRegistry, orders, shop } from '../support/fake-registry.ts';
import { openConsole } from '../support/open-console.ts';
import type { FakePorts } from '../support/fake-ports.ts';
import { deployFailed, first } from '../support/open-rollout.ts';
import { journal } from '../stay/journals.ts';

type Meanwhile = (ports: FakePorts, left: OpenRollout, clock: VirtualClock) => void;

/** What is written, and said, by who puts on what a rollout has left off, where that happens after the screen was read. */
async function putOn(
  meanwhile: Meanwhile,
): Promise<{ readonly written: readonly string[]; readonly screen: string }> {
  const written: string[] = [];
  const left: OpenRollout[] = [];
  const opened = openConsole({
    size: { columns: 160, rows: 30 },
    prepare: (ports, clock) => {
      const { open } = journal(clock, '7f3a', false, (link) => {
        deployFailed(link, first);
        link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
        link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
      });
      left.push(open);
      ports.open = [open];
      ports.instances.list = ports.instances.list.map((each) =>
        each.ip === '10.0.0.11' ? { ...each, enabled: false } : each,
      );
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (!answer.ok) return answer;
        const registry = fakeRegistry(ports.instances);
        const write: typeof registry.write = ({ instance, enabled }) => {
          written.push(`${instance.ip}:${instance.port} ${enabled}`);
          ports.instances.list = ports.instances.list.map((each) =>
            each.ip === instance.ip && each.port === instance.port ? { ...each, enabled } : each,
          );
          return Promise.resolve({ kind: 'accepted' });
        };
        return { ...answer, value: { ...answer.value, registry: { ...registry, write } } };
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('○ off, by us');
  const [open] = left;
  if (open === undefined) throw new Error('nothing was left off');
  meanwhile(opened.ports, open, opened.clock);
  await opened.press('O', 'y');
  await opened.clock.advance(2000);
  return { written, screen: opened.screen() };
}

const colleague = { id: 'bbbbbbbb', by: 'colleague@bastion-2', since: '2026-11-27T00:00:00.000Z' };

function withLease(ports: FakePorts, id: string, service: typeof orders): void {
  const claim = { ...colleague, id, stage: 'holding', services: [serviceHash(service)] } as const;
  ports.instances.list = [
    ...ports.instances.list,
    {
      ...leaseInstance('public', id),
      enabled: false,
      healthy: true,
      weight: 0,
      ephemeral: true,
      metadata: claimMetadata(claim),
    },
  ];
}

const refusals: readonly (readonly [string, Meanwhile, string])[] = [
  [
    'a lease of another machine holds the service',
    (ports) => withLease(ports, colleague.id, orders),
    'orders is being rolled by colleague@bastion-2',
  ],
  [
    'a lock of this machine holds the service',
    (ports) => {
      ports.holderOf = () => ({ ...colleague, id: 'cccccccc', service: 'orders' });
    },
    'orders is being rolled by colleague@bastion-2',
  ],
  [
    'a runner of this machine has taken it up',
    (ports, left) => {
      ports.open = [{ ...left, isRunning: true }];
    },
    'Rollout 7f3a is running',
  ],
  [
    'its runner on another machine still holds its lease',
    (ports, left) => {
      ports.open = [{ ...left, elsewhere: 'bastion-2' }];
      withLease(ports, '7f3a', orders);
    },
    'orders is being rolled by colleague@bastion-2',
  ],
  [
    'somebody has put it on, and then taken it off by hand',
    (ports, _left, clock) => {
      ports.open = [journal(clock, '7f3a', false).open];
    },
    'It is not off because of a rollout of this machine',
  ],
];

test.each(refusals)(
  'puts nothing on where %s since the screen was read, and says so',
  async (_why, meanwhile, said) => {
    const { written, screen } = await putOn(meanwhile);
    expect(written).toEqual([]);
    expect(screen).toContain(said);
  },
);

test.each<[string, Meanwhile]>([
  ['nobody holds it', () => undefined],
  ['a lease holds another service', (ports) => withLease(ports, colleague.id, shop)],
  [
    'the lease is what its own runner, which is gone, has registered',
    (ports) => withLease(ports, '7f3a', orders),
  ],
])('puts it on where %s', async (_why, meanwhile) => {
  const { written, screen } = await putOn(meanwhile);
  expect(written).toEqual(['10.0.0.11:20880 true', '10.0.0.11:8080 true']);
  expect(screen).toContain('It is on, read back on every server node');
});
