import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { leaseInstance } from '../../../src/core/registry/lease.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { deregister, register } from '../../../src/sandbox/registry/registry-writes.ts';
import { startSandboxServer } from '../../../src/sandbox/server.ts';
import type { World } from '../../../src/world/world.ts';
import { connectionTo, errorOf } from '../../contract/subjects/subject.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { beginLife, beginWork } from '../../simulation/runner-life.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { simulatedCommands } from '../../simulation/world/simulated-commands.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { type VirtualClock, virtualClock } from '../../support/time/virtual-clock.ts';
import { noEvidence } from '../../support/no-evidence.ts';

const admin = { username: 'nacos', password: 'nacos' };
const rolled = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const bystander = instance('orders', 'DEFAULT_GROUP', 99, 8080);

/** Long enough to be seen away by who looks once a second and is refused in between. */
const awayMs = 2_500;
/** Tokens live for two seconds, and are not known for the first 0.4 s. */
const tokenTtlMs = 2_000;
const unknownTokenMs = 400;
/** Often enough that each end of a token meets one. */
const beatEveryMs = 100;

/** A server whose tokens end all the time; two applications, which hold a connection and need none. */
async function restlessServer(kind: '2.x' | '3.x', clock: VirtualClock) {
  const server = await startSandboxServer({ kind, clock, auth: { ...admin, tokenTtlMs } });
  onTestFinished(() => server.close());
  server.faults.unknownTokenMs = unknownTokenMs;
  const start = (id: typeof rolled): void =>
    register(
      server.state,
      id,
      { enabled: true, weight: 5, metadata: { version: '1' }, ephemeral: true },
      clock.monotonic(),
      id.ip,
    );
  for (const id of [rolled, bystander]) start(id);
  const restart = async (): Promise<void> => {
    deregister(server.state, rolled, clock.monotonic(), rolled.ip);
    await clock.sleep(awayMs);
    start(rolled);
  };
  return { server, restart };
}

async function rolloutOver(kind: '2.x' | '3.x') {
  const clock = virtualClock();
  const { server, restart } = await restlessServer(kind, clock);
  const refused: string[] = [];
  let asking = 0;
  const { registry, presence } = openNacos(connectionTo(server.url, admin), {
    clock,
    log: ({ method, url }, { status }) =>
      status === 403 && refused.push(`${method} ${new URL(url).pathname}`),
    watch: () => {
      asking += 1;
      return () => (asking -= 1);
    },
  });
  onTestFinished(() => registry.close());
  /** Time stands still while a request is under way: how long the machine takes for it is no matter. */
  const pass = async (): Promise<void> => {
    await clock.advance(0);
    if (asking === 0 && clock.nextDueMs !== undefined)
      await clock.advance(clock.nextDueMs - clock.monotonic());
  };
  const scenario = plainScenario(1);
  const targets = scenario.plan.targets.map((target) => ({ ...target, drain: { ms: 1_500 } }));
  const commands = simulatedCommands(
    clock,
    () => ({ delayMs: 0, lastsMs: awayMs + 1_500, code: 0, isLost: false, act: () => void restart() }),
    () => undefined,
  );
  const world: World = {
    clock,
    registry,
    commands,
    call: async () => ({ kind: 'refused', detail: 'nobody calls' }),
    probe: async () => ({ kind: 'good', ms: 1 }),
    evidence: noEvidence,
  };
  const events: Event[] = [];
  let exitCode: number | undefined;
  const life = beginLife({
    world,
    paper: createJournalDisk(plannedLine({ ...scenario.plan, targets }, [server.url], false)),
    death: undefined,
    heard: (event) => events.push(event),
    died: () => undefined,
    broke: (error) => {
      throw error;
    },
    finished: (code) => (exitCode = code),
  });
  const own = { instance: leaseInstance('public', '0a1b2c3d'), weight: 0, enabled: false, metadata: {} };
  const isOver = (): boolean => exitCode !== undefined;
  const beats: string[] = [];
  const beating = async (): Promise<void> => {
    beats.push(errorOf(await presence.announce(own)));
    beginWork(life, false);
    while (!isOver()) {
      beats.push(errorOf(await presence.beat(own)));
      await clock.sleep(beatEveryMs);
    }
  };
  await whileRunning(beating(), pass);
  const listed = await whileRunning(registry.instances(rolled), pass);
  return { exitCode, events, beats, refused, listed };
}

test('tokens end all the time, and new ones are refused at first: no step fails, nothing is exposed, no beat is lost', async () => {
  for (const one of await Promise.all([rolloutOver('2.x'), rolloutOver('3.x')])) {
    const types = one.events.map(({ type }) => type);
    expect(one.exitCode, JSON.stringify(one.events.at(-1))).toBe(0);
    expect(types).not.toContain('step-failed');
    expect(types).not.toContain('exposed');
    expect(types).toContain('went-away');
    // Each beat was taken for known.
    expect(one.beats.filter((said) => !said.startsWith('no error'))).toEqual([]);
    expect(one.beats.filter((said) => said.includes('forgotten'))).toEqual([]);
    const items = [
      { enabled: true, weight: 5 },
      { enabled: true, weight: 5 },
    ];
    expect(one.listed).toMatchObject({ ok: true, value: { items } });
    // Reads, writes and beats were all refused on the way.
    for (const method of ['GET', 'PUT']) expect(one.refused.join('\n')).toContain(method);
  }
});
