import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../../src/core/event/event.ts';
import { leaseInstance } from '../../../src/core/registry/lease.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { startSandboxServer } from '../../../src/sandbox/server.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { World } from '../../../src/world/world.ts';
import { connectionTo, errorOf } from '../../contract/subjects/subject.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { beginLife, beginWork } from '../../simulation/runner-life.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { simulatedCommands } from '../../simulation/world/simulated-commands.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { until } from '../../support/time/until.ts';
import { noEvidence } from '../../support/no-evidence.ts';

const admin = { username: 'nacos', password: 'nacos' };
const rolled = instance('orders', 'DEFAULT_GROUP', 1, 8080);
const bystander = instance('orders', 'DEFAULT_GROUP', 99, 8080);

/** Long enough to be seen away by who looks once a second and is refused in between. */
const awayMs = 2_500;

/** A server whose tokens live for two seconds, and are not known for the first 0.4 s; two applications. */
async function restlessServer(kind: '2.x' | '3.x') {
  const auth = { ...admin, tokenTtlMs: 2_000 };
  const server = await startSandboxServer({ kind, clock: realClock, auth });
  const logIn = async (): Promise<string | undefined> => {
    const { text } = await fetchText(`${server.url}/nacos/v1/auth/login`, { method: 'POST', form: admin });
    return /"accessToken":"([^"]*)"/.exec(text)?.[1];
  };
  // Applications log in somewhere else.
  const token = async (): Promise<string | undefined> => {
    const given = await logIn();
    if (server.faults.unknownTokenMs > 0) await realClock.sleep(server.faults.unknownTokenMs + 100);
    return given;
  };
  const applications = heartbeatClient({ url: server.url, token });
  onTestFinished(async () => {
    applications.close();
    await server.close();
  });
  const register = async (id: typeof rolled): Promise<void> =>
    applications.register({ ...id, weight: 5, metadata: { version: '1' } });
  await Promise.all([rolled, bystander].map(register));
  server.faults.unknownTokenMs = 400;
  const restart = async (): Promise<void> => {
    await applications.deregister(rolled);
    await realClock.sleep(awayMs);
    await register(rolled);
  };
  return { server, restart };
}

async function rolloutOver(kind: '2.x' | '3.x') {
  const { server, restart } = await restlessServer(kind);
  const refused: string[] = [];
  const { registry, presence } = openNacos(connectionTo(server.url, admin), {
    clock: realClock,
    log: ({ method, url }, { status }) =>
      status === 403 && refused.push(`${method} ${new URL(url).pathname}`),
  });
  onTestFinished(() => registry.close());
  const scenario = plainScenario(1);
  const targets = scenario.plan.targets.map((target) => ({ ...target, drain: { ms: 1_500 } }));
  const commands = simulatedCommands(
    realClock,
    () => ({ delayMs: 0, lastsMs: awayMs + 1_500, code: 0, isLost: false, act: () => void restart() }),
    () => undefined,
  );
  const world: World = {
    clock: realClock,
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
  const beats = [errorOf(await presence.announce(own))];
  beginWork(life, false);
  await until(async () => {
    beats.push(errorOf(await presence.beat(own)));
    return exitCode !== undefined;
  });
  const listed = await registry.instances(rolled);
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
