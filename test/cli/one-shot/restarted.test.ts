import { expect, test } from 'vitest';
import { whileRunning } from '../../support/processes/while-running.ts';
import { dubbo, machine } from '../support/journal-machine.ts';
import { type Stage, server } from '../support/stage.ts';
import { companion, one } from '../support/switched-orders.ts';

const before = '1700000000000_10.0.0.5_40000';
const after = '1700000009000_10.0.0.5_40001';

/** Taken off by a command of this machine; `clients` is what Nacos tells of who registered it. */
async function takenOff(clients: readonly string[] | undefined): Promise<Stage> {
  const { stage } = machine();
  told(stage, clients);
  expect((await stage.run('disable', ...one, ...server)).code).toBe(0);
  return stage;
}

function told({ registry }: Stage, clients: readonly string[] | undefined): void {
  registry.clientsOf = async () => ({ ok: true, value: clients });
}

function renewed({ registry }: Stage): void {
  registry.list = registry.list.map((each) =>
    each.ip === '10.0.0.5' ? { ...each, metadata: { version: '2' } } : each,
  );
}

const enable = (stage: Stage, ...flags: readonly string[]): ReturnType<Stage['run']> =>
  whileRunning(stage.run('enable', ...one, ...flags, ...server), () => stage.clock.advance(500));

const isOn = ({ registry }: Stage): boolean | undefined =>
  registry.list.find(({ ip, port }) => ip === '10.0.0.5' && port === 8080)?.enabled;

test('over the same connection it is the old process: it is put on, and said to be so', async () => {
  const stage = await takenOff([before]);
  const { code, err } = await enable(stage);
  expect(code).toBe(0);
  expect(err).toContain(
    '10.0.0.5:8080 was NOT restarted: it is registered over the same connection with Nacos as when it was taken off (2026-11-21T20:00:00.000Z)',
  );
});

test.each([
  ['nothing tells its connections', undefined],
  ['it registers by HTTP, where a client is named by its address', ['10.0.0.5:8080#true']],
])('where %s, and its metadata is the same, it is said that nobody can see it', async (_what, clients) => {
  const stage = await takenOff(clients);
  const { code, err } = await enable(stage);
  expect(code).toBe(0);
  expect(err).toContain('Whether 10.0.0.5:8080 was restarted is not seen');
  expect(err).not.toContain('NOT restarted');
});

test.each([
  ['another connection', (stage: Stage) => told(stage, [after]), [before]],
  ['other metadata', renewed, [before]],
  ['other metadata, and no more', renewed, undefined],
])('%s is another process: there is nothing to say', async (_what, change, clients) => {
  const stage = await takenOff(clients);
  change(stage);
  const { code, err } = await enable(stage);
  expect(code).toBe(0);
  expect(err).not.toContain('restarted');
});

test('what no command of this machine took off is compared with nothing', async () => {
  const { stage } = machine();
  stage.registry.list = stage.registry.list.map((each) => ({ ...each, enabled: each.ip !== '10.0.0.5' }));
  const { code, err } = await enable(stage);
  expect(code).toBe(0);
  expect(err).not.toContain('restarted');
});

test('--restarted waits for another process, and puts that one on', async () => {
  const stage = await takenOff([before]);
  let wasOffUntilThen: boolean | undefined;
  stage.clock.after(20_000, () => {
    wasOffUntilThen = isOn(stage) === false;
    told(stage, [after]);
  });
  const { code, err } = await enable(stage, '--restarted');
  expect({ code, wasOffUntilThen, isOn: isOn(stage) }).toEqual({
    code: 0,
    wasOffUntilThen: true,
    isOn: true,
  });
  expect(err).not.toContain('NOT restarted');
});

test('--restarted takes what went away and came back for another one, and not what is away yet', async () => {
  const stage = await takenOff(undefined);
  const [own, ...others] = stage.registry.list;
  if (own === undefined) throw new Error('nobody');
  stage.clock.after(5000, () => (stage.registry.list = others));
  stage.clock.after(15_000, () => (stage.registry.list = [own, ...others]));
  const began = stage.clock.monotonic();
  expect((await enable(stage, '--restarted')).code).toBe(0);
  expect(stage.clock.monotonic() - began).toBeGreaterThanOrEqual(15_000);
  expect(isOn(stage)).toBe(true);
});

test.each([
  ['certain', [before], 'so it was not restarted'],
  ['not known', undefined, 'its metadata is what it was'],
] as const)(
  '--restarted leaves it off where that is %s at the end: exit 3',
  async (_what, clients, sentence) => {
    const stage = await takenOff(clients);
    const { code, err } = await enable(stage, '--restarted', '--within', '10s');
    expect({ code, isOn: isOn(stage) }).toEqual({ code: 3, isOn: false });
    expect(err).toContain(sentence);
    expect(err).toContain('10 s');
  },
);

test('--restarted of what no journal of this machine knows says so', async () => {
  const { stage } = machine();
  stage.registry.list = stage.registry.list.map((each) => ({ ...each, enabled: each.ip !== '10.0.0.5' }));
  const { code, err } = await enable(stage, '--restarted', '--within', '5s');
  expect(code).toBe(3);
  expect(err).toContain('no journal of this machine says how it was registered');
});

const rpcBefore = '1700000000000_10.0.0.5_40002';
const rpcAfter = '1700000009000_10.0.0.5_40003';

/** The instance and what goes off with it have a connection each. */
function toldEach({ registry }: Stage, orders: string, rpc: string): void {
  registry.clientsOf = async ({ service }) => ({ ok: true, value: [service === dubbo ? rpc : orders] });
}

test.each([
  ['as when it went off', after, rpcBefore, 3, 'so it was not restarted'],
  ['another one', before, rpcAfter, 0, ''],
] as const)(
  'a companion that is named is judged by its own connection: %s',
  async (_what, orders, rpc, exitCode, sentence) => {
    const { stage } = machine();
    toldEach(stage, before, rpcBefore);
    expect((await stage.run('disable', ...one, ...companion, ...server)).code).toBe(0);
    toldEach(stage, orders, rpc);
    const named = [`DUBBO_GROUP@@${dubbo}`, '--instance', '10.0.0.5:20880', '--restarted', '--within', '10s'];
    const { code, err } = await whileRunning(stage.run('enable', ...named, ...server), () =>
      stage.clock.advance(500),
    );
    expect(code).toBe(exitCode);
    expect(err).toContain(sentence);
  },
);

test('an older journal tells nothing of the connection of a companion: it is not taken for another process', async () => {
  const { stage } = machine();
  stage.registry.clientsOf = async ({ service }) => ({ ok: true, value: service === dubbo ? [] : [before] });
  expect((await stage.run('disable', ...one, ...companion, ...server)).code).toBe(0);
  toldEach(stage, before, rpcBefore);
  const named = [`DUBBO_GROUP@@${dubbo}`, '--instance', '10.0.0.5:20880', '--restarted', '--within', '10s'];
  const { code, err } = await whileRunning(stage.run('enable', ...named, ...server), () =>
    stage.clock.advance(500),
  );
  expect(code).toBe(3);
  expect(err).toContain('its metadata is what it was');
});
