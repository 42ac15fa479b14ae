import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandPorts } from '../../../src/cli/io/command-ports.ts';
import { everythingLeft } from '../../../src/doctor/left-behind.ts';
import { type Plan, registrationId } from '../../../src/core/plan/plan.ts';
import type { Fact, WriteFact } from '../../../src/core/event/event.ts';
import { instanceKey, isSameEndpoint } from '../../../src/core/registry/service.ts';
import { switchOnce } from '../../../src/runner/once/switch-once.ts';
import type { OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { reachedAt } from '../../support/reached.ts';
import { type Random, seededRandom } from '../scenario/random.ts';
import { type Scenario, drawScenario, firstWeight } from '../scenario/scenario.ts';
import { withUnreadable } from '../scenario/unreadable.ts';
import { Died, mortalWorld } from '../runner-life.ts';
import { createClicksOff } from './clicks-off.ts';
import { createOneLife, drawDeath } from './one-life.ts';
import { type Slot, isOffBecauseOfUs, seenOf } from '../world/ground-truth.ts';
import { type SimulatedWorld, simulatedWorld } from '../world/simulated-world.ts';
import { within } from './within.ts';

export type OneShotsResult = {
  readonly broken: readonly string[];
  readonly trace: readonly string[];
  /** What these runs met with, so that nobody takes an empty test for a good one. */
  readonly met: {
    readonly died: number;
    readonly named: number;
    readonly settled: number;
    readonly on: number;
  };
};

/** After the weather has cleared, the last late write is applied. */
const lateMs = 30_000;
/** No process has it: what wrote a journal is gone. */
const gone = 2_147_483_600;

/**
 * `enable` and `disable` by processes that may die at any line of their journal and at any write, and people who click
 * meanwhile. In the end `doctor` names what the truth says is off because of us, no more and no less.
 */
export async function simulateOneShots(seed: number): Promise<OneShotsResult> {
  const root = newDirectory('one-shots');
  const run = new Run(seed, root);
  try {
    await run.toTheEnd();
  } catch (error) {
    run.broken.push(`it broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return { broken: run.broken, trace: run.trace, met: run.met };
}

class Run {
  readonly broken: string[] = [];
  readonly trace: string[] = [];
  readonly met = { died: 0, named: 0, settled: 0, on: 0 };
  readonly #root: string;
  readonly #random: Random;
  readonly #scenario: Scenario;
  readonly #place: SimulatedWorld;
  readonly #launcher: ReturnType<typeof createLauncher>;
  readonly #clicksOff: ReturnType<typeof createClicksOff>;

  constructor(seed: number, root: string) {
    this.#root = root;
    this.#random = seededRandom(seed);
    this.#scenario = withUnreadable(drawScenario(this.#random), seededRandom(seed ^ 0x2f61_3c9b));
    this.#place = simulatedWorld(this.#scenario, this.#random, {
      witness: {
        sent: () => undefined,
        applied: ({ key }, { enabled }) => this.#say(`applied: ${key} ${enabled ? 'on' : 'off'}`),
        left: () => undefined,
      },
      began: () => undefined,
      perform: () => ({ delayMs: 0, lastsMs: 0, code: 0, isLost: false, act: () => undefined }),
    });
    this.#clicksOff = createClicksOff(this.#place.clock);
    this.#launcher = createLauncher({
      clock: this.#place.clock,
      state: { root, temporary: root, userId: 0 },
      pid: gone,
      who: 'ann@here',
      host: 'here',
      workingDirectory: '/',
      spawnRunner: async () => ({ ok: false, problem: { kind: 'runner-failed', detail: 'none here' } }),
    });
  }

  #say(what: string): void {
    this.trace.push(`${(this.#place.clock.monotonic() / 1000).toFixed(3)} ${what}`);
  }

  async toTheEnd(): Promise<void> {
    const { clock } = this.#place;
    await clock.advance(this.#random.int(0, 20_000));
    const count = this.#random.int(1, 4);
    for (let act = 0; act < count; act++) {
      await this.#command(act === 0 || this.#random.chance(0.5));
      await clock.advance(this.#random.pick([1, 300, 2000, 20_000, 70_000]));
      if (this.#random.chance(0.15)) await this.#click();
    }
    await clock.advance(Math.max(0, this.#scenario.weather.calmFromMs - clock.monotonic()) + lateMs);
    await this.#judge();
  }

  /** One process, from its look at the list to its end or its death. */
  async #command(isDisable: boolean): Promise<void> {
    const { clock, world } = this.#place;
    const random = this.#random;
    const death = drawDeath(random);
    const stop = new AbortController();
    if (random.chance(0.15)) clock.after(random.int(1, 8000), () => stop.abort());
    const life = createOneLife(death, () => {
      this.met.died += 1;
      this.#say('DIED');
    });
    const mortal = mortalWorld(world, life.isDead, () => {
      life.writes();
      return () => undefined;
    });
    const plan = await within(
      this.#place.clock,
      this.#planNow(random.pick(this.#scenario.plan.targets).name),
    );
    const target = plan?.targets[0];
    if (plan === undefined || target === undefined) return;
    this.#say(`${isDisable ? 'disable' : 'enable'} ${target.name}`);
    for (const one of target.registrations)
      this.#clicksOff.begins(this.#place.truth.slotOf(registrationId(one)).key);
    const reached = reachedAt('http://node-0');
    const connected = { spec: reached, reached, registry: mortal.registry };
    const noted = await this.#launcher.noteSwitch({ plan, connected, command: 'nacos-rollout disable x' });
    if (!noted.ok) throw new Error('the disk is ours');
    const paper = { record: (fact: Fact) => noted.record(fact), tear: () => this.#tear() };
    const work = async (): Promise<void> => {
      const notes = { by: noted.by, record: (fact: Fact) => life.record(fact, paper) };
      const { registry, clock: own } = mortal;
      const { signal } = stop;
      const writes: WriteFact[] = [];
      const outcome = await switchOnce({
        registry,
        clock: own,
        plan,
        target,
        enabled: !isDisable,
        signal,
        notes,
        onWrite: (fact) => writes.push(fact),
      });
      if (life.isDead()) return;
      this.#say(JSON.stringify(outcome));
      const { registrations } = target;
      if (outcome.ok && !isDisable)
        await this.#launcher.settleSwitch({ connected, registrations, writes, ms: outcome.ms });
    };
    const working = work().catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
    await within(this.#place.clock, Promise.race([working, life.ended]));
    noted.close();
  }

  /** A plan of one target, with what one server node lists now. */
  async #planNow(name: string): Promise<Plan | undefined> {
    const { plan } = this.#scenario;
    const target = plan.targets.find((one) => one.name === name);
    const registrations = [];
    for (const one of target?.registrations ?? []) {
      const listed = await this.#place.world.registry.instances(one);
      const found = listed.ok ? listed.value?.items.find((each) => isSameEndpoint(each, one)) : undefined;
      if (found === undefined) return undefined;
      registrations.push({ ...one, wasEnabled: found.enabled });
    }
    return target === undefined ? undefined : { ...plan, targets: [{ ...target, registrations }] };
  }

  #tear(): void {
    const directory = join(this.#root, 'rollouts');
    const paths = readdirSync(directory).map((id) => join(directory, id, 'journal.jsonl'));
    const last = paths.at(-1);
    if (last !== undefined) appendFileSync(last, '{"v":1,"seq":');
  }

  /** Somebody puts on what is off, or takes off what no journal of ours names. */
  async #click(): Promise<void> {
    const named = await this.#named((await this.#launcher.all()).rollouts);
    const slot = this.#random.pick(this.#slots());
    const seen = seenOf(slot);
    if (seen === undefined || (seen.enabled && named.has(slot.key))) return;
    this.#say(`click: ${slot.key} ${seen.enabled ? 'off' : 'on'}`);
    if (seen.enabled) this.#clicksOff.clicked(slot.key);
    this.#place.truth.write(slot, { enabled: !seen.enabled, weight: firstWeight }, 'person', 'click');
  }

  #slots(): readonly Slot[] {
    const { truth } = this.#place;
    return this.#scenario.plan.targets.flatMap(({ registrations }) =>
      registrations.map((one) => truth.slotOf(registrationId(one))),
    );
  }

  /** What the journals say is off, whatever Nacos shows. */
  async #named(all: readonly OpenRollout[]): Promise<ReadonlySet<string>> {
    const ports = { launcher: this.#launcher } as unknown as CommandPorts;
    const left = await everythingLeft(ports, all, all);
    const { truth } = this.#place;
    return new Set(left.map(({ left: { registration } }) => truth.slotOf(registrationId(registration)).key));
  }

  async #judge(): Promise<void> {
    const { rollouts, unreadable } = await this.#launcher.all();
    const named = await this.#named(rollouts);
    if (unreadable.length > 0) this.broken.push(`a journal cannot be read: ${JSON.stringify(unreadable)}`);
    for (const slot of this.#slots()) {
      const isOff = seenOf(slot)?.enabled === false;
      const isOurs = isOff && isOffBecauseOfUs(slot);
      if (isOurs && !named.has(slot.key)) this.broken.push(`P5: ${instanceKey(slot.id)} is forgotten`);
      if (isOff && !isOurs && named.has(slot.key) && !this.#clicksOff.isDoubtful(slot.key))
        this.broken.push(`${instanceKey(slot.id)} is named, and somebody else took it off`);
      if (isOurs && named.has(slot.key)) this.met.named += 1;
      if (!isOff && named.has(slot.key)) this.met.on += 1;
    }
    this.met.settled += rollouts.filter(({ rollout }) =>
      rollout.targets.some(({ result }) => result === 'put-on'),
    ).length;
  }
}
