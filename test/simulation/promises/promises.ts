import type { Event } from '../../../src/core/event/event.ts';
import type { Failure } from '../../../src/core/event/failure.ts';
import { type Plan, registrationId } from '../../../src/core/plan/plan.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { type Seen, type Slot, type Why, isServing, seenOf } from '../world/ground-truth.ts';
import { createInstanceHistories } from './instance-histories.ts';
import { type InstanceHistory, isAsLeft, isExcused, isPartOfIts } from './instance-history.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import { createAheadPromises } from './ahead-promises.ts';
import { createDrainPromises } from './drain-promises.ts';
import { createEndPromises } from './end-promises.ts';
import { noteDropped, staysHidden } from './hidden-promises.ts';
import { createGatePromises } from './gate-promises.ts';
import type { HookStep } from '../../../src/core/hooks/hook-step.ts';
import { createBeginnings } from './beginnings.ts';
import { createHookPromises } from './hook-promises.ts';
import { createNewcomerPromises } from './newcomer-promises.ts';
import { createOccasionPromises, isOfOccasion } from './occasion-promises.ts';
import { createLimitPromises } from './limit-promises.ts';
import { createMinimumPromises } from './minimum-promises.ts';
import { createTwinPromises } from './twin-promises.ts';

/** How long what is ours to keep out may be on while nothing else is wrong: a lag, a look, a write. */
const exposureMs = 6000;
/** What somebody else did this long before a count may not show in it yet. */
const newsMs = 3000;
/** An answer may tell of what was so this long ago. */
const slowReadMs = 6000;

function isUnreadable(why: Failure): boolean {
  return why.kind === 'refused' && why.refusals.some(({ kind }) => kind === 'unreadable');
}

export type Promises = ReturnType<typeof createPromises>;

/** Watches the truth and says where a promise is broken (test/simulation/README.md). */
export function createPromises(plan: Plan, broken: (what: string) => void) {
  const drains = createDrainPromises(broken);
  let place: SimulatedWorld | undefined;
  let isOver = false;
  let isPausedByPerson = false;
  /** When whoever kept it out was last let do so again. */
  let mayWriteSinceMs = 0;
  const notebook = createInstanceHistories(plan, broken);
  const limits = createLimitPromises(plan, broken);
  const twins = createTwinPromises(notebook, broken);
  const aheads = createAheadPromises(plan, notebook, broken);
  const gates = createGatePromises(plan, broken);
  const hooks = createHookPromises(plan, notebook, broken);
  const occasions = createOccasionPromises(plan, broken);
  const newcomers = createNewcomerPromises(plan, notebook, broken);
  const minimums = createMinimumPromises(plan, notebook, broken);
  const goneAtMs = new Map<Slot, number>();
  /** Put on by somebody else, or by itself. */
  const cameAtMs = new Map<Slot, number>();
  const countedAtMs = new Map<string, number>();
  /** Applied late, a write still rests on what was counted before it was sent. */
  const restsOnMs = new WeakMap<InstanceWrite, number>();
  const skipped = new Set<string>();
  const dropped = new Set<number>();
  const stuck = new Set<string>();
  /** Targets of which a list could not be read: what weight it has now, nobody can tell. */
  const unread = new Set<string>();
  const isFirst = createBeginnings();
  const here = (): SimulatedWorld => {
    if (place === undefined) throw new Error('there is no world yet');
    return place;
  };
  const now = (): number => here().clock.monotonic();
  const ends = createEndPromises(notebook, twins, here, broken);

  const watch = (made: SimulatedWorld): void => {
    place = made;
    notebook.open(made);
    made.truth.onChange(changed);
  };

  const changed = (slot: Slot, why: Why, before: Seen | undefined): void => {
    const seen = seenOf(slot);
    if (why !== 'write' && isServing(before) && !isServing(seen)) goneAtMs.set(slot, now());
    if (why === 'write' && before?.enabled !== true && seen?.enabled === true) aheads.putOn(slot, now());
    if (!isServing(before) && isServing(seen)) cameAtMs.set(slot, why === 'write' ? -Infinity : now());
    twins.changed(slot, why, before, here());
    const note = notebook.of(slot);
    if (note === undefined) return;
    if (slot.registered) {
      note.weights.add(slot.registered.weight);
      note.hasLeft = false;
    }
    if (note.hasBeenOff && seen?.enabled === true && before?.enabled !== true) note.turnedOnCount += 1;
    note.onSinceMs = seen?.enabled === true ? (note.onSinceMs ?? now()) : undefined;
    if (why === 'weighed' && seen !== undefined) note.weights.add(seen.weight);
    if (why === 'weighed') note.weighedMs = now();
    else if (why !== 'health') note.weighedMs = undefined;
    if (seen?.enabled !== false) note.clickedOffMs = undefined;
    else if (why === 'click') note.clickedOffMs = now();
  };

  const sent = (slot: Slot, write: InstanceWrite): void => {
    if (twins.sent(slot, write, here())) return;
    const note = notebook.of(slot);
    if (note === undefined) return broken(`we wrote to ${slot.key}, which is not in the plan`);
    if (!note.registration.wasEnabled && write.enabled && !note.isFormer)
      broken(`P4: ${slot.key} was off before us, and we put it on`);
    const countedMs = countedAtMs.get(note.target) ?? now();
    // It would be put on again at the end.
    const mayBeMadeOurs = note.registration.wasEnabled && !note.isInHand && !isAsLeft(note);
    if (!write.enabled && mayBeMadeOurs && (note.clickedOffMs ?? Infinity) < freshFrom(countedMs))
      broken(`${slot.key} was taken off by somebody else, and we make it ours`);
    note.asked = write.enabled ? 'on' : 'off';
    note.isInHand = true;
    restsOnMs.set(write, countedMs);
    if (write.enabled) note.isTakenOff = false;
    const isPart = write.enabled && isPartOfIts(plan, note, write.weight);
    if (note.purpose === 'warm-up' && (note.clickedOffMs ?? Infinity) < freshFrom(now()))
      broken(`${slot.key} was taken off by somebody else, and our warm-up puts it on`);
    const isWeighed = (note.weighedMs ?? Infinity) < freshFrom(now() - slowReadMs);
    // Nor of one whose record cannot be read just now.
    const isUnread = unread.has(note.target) || here().views.viewers.some((one) => one.unread.has(slot));
    if (isWeighed && !isUnread && write.weight !== seenOf(slot)?.weight)
      broken(`P4: somebody gave ${slot.key} another weight, and we write ${write.weight} over it`);
    if (!note.weights.has(write.weight) && !isPart)
      broken(`P4: weight ${write.weight} written to ${slot.key}`);
  };

  /** What somebody else did since then may not have been shown when we counted. */
  const freshFrom = (countedMs: number): number => Math.min(countedMs - newsMs, here().views.frozeAtMs());

  const applied = (slot: Slot, write: InstanceWrite, before: Seen | undefined): void => {
    const note = notebook.of(slot);
    if (note === undefined) return;
    note.isUnwritten = false;
    if (write.enabled) return;
    note.hasBeenOff = true;
    // A write that takes effect once more, and late, takes off nothing that is off already.
    if (note.purpose === 'disable' && before?.enabled !== false) minimums.wentOff(note);
    if (note.purpose === 'disable') gates.wentOff(note.target);
    if (isServing(before) && note.purpose === 'disable') keepsMinimum(note, restsOnMs.get(write) ?? now());
  };

  const left = (slot: Slot, before: Seen | undefined): void => {
    const note = notebook.of(slot);
    // It was called at its address, before a list told how that is spelled now.
    if (note === undefined && notebook.isSpelledOtherwise(slot)) return;
    if (note === undefined) return broken(`we asked ${slot.key} to leave, which is not in the plan`);
    note.hasLeft = true;
    note.hasBeenOff = true;
    gates.wentOff(note.target);
    if (isServing(before)) keepsMinimum(note, countedAtMs.get(note.target) ?? now());
  };

  const keepsMinimum = (note: InstanceHistory, countedMs: number): void =>
    minimums.kept(note, {
      truth: here().truth,
      freshMs: freshFrom(countedMs),
      cameAtMs,
      goneAtMs,
      isOffForSome: (other) => aheads.isOffForSome(note.target, other, now()),
    });

  const began = (name: string, step: HookStep | undefined): void => {
    if (step !== undefined) return hooks.began(name, step, here(), dropped);
    const target = plan.targets.find((each) => each.name === name);
    if (target === undefined) return broken(`a command ran for ${name}, which is no target`);
    here().views.settleAll();
    const registrations = notebook.registrationsOf(name) ?? [];
    const slots = registrations
      .filter((one) => one.wasEnabled)
      .map((one) => here().truth.slotOf(registrationId(one)));
    hooks.deploys(name, here(), dropped);
    for (const note of notebook.all()) note.isRedeployed ||= note.target === name;
    aheads.began(name);
    if (!skipped.has(name)) drains.began(target, slots, here(), dropped);
    const leastMs = skipped.has(name) ? undefined : drains.leastMs(target);
    staysHidden([...slots, ...twins.of(slots, here())], leastMs, here(), dropped, broken);
  };

  return {
    quiet: drains.quiet,
    watch,
    sent,
    applied,
    left,
    began,
    /** The engine's own words, only for what people did and when it counted. */
    heard: (event: Event): void => {
      occasions.heard(event);
      // It may come after the end.
      if (isOfOccasion(event)) return;
      if (isOver && event.type !== 'runner-started') broken(`${event.type} was recorded after the end`);
      isOver = event.type === 'runner-rested' || event.type === 'rollout-ended';
      if (isFirst(event)) {
        if (isPausedByPerson) broken(`${event.type} although a person paused, and nobody continued`);
        if (event.type === 'disable-began' && event.attempt === 1 && stuck.size > 0)
          broken(`${event.target} began while ${[...stuck].join()} waits for a decision`);
      }
      aheads.heard(event);
      gates.heard(event, here(), isPausedByPerson);
      drains.heard(event);
      minimums.heard(event);
      hooks.heard(event, here());
      limits.heard(event);
      if (event.type === 'step-failed') stuck.add(event.target);
      if (event.type === 'step-failed' && isUnreadable(event.why)) unread.add(event.target);
      if (event.type === 'decided') stuck.delete(event.target);
      if (event.type === 'paused' && event.why === 'asked') isPausedByPerson = true;
      if (event.type === 'continued') mayWriteSinceMs = now();
      if (event.type === 'continued' && event.by !== 'nobody') isPausedByPerson = false;
      if (event.type === 'forecast' && event.isGo) countedAtMs.set(event.target, now());
      if (event.type === 'identified') notebook.identified(here(), event);
      newcomers.heard(event, here());
      if (event.type === 'write-began')
        Object.assign(notebook.at(event), { purpose: event.purpose, isCutOff: true });
      if (event.type === 'write-ended' && event.isFormer !== true) notebook.at(event).isCutOff = false;
      // Whether it was sent, nobody can tell any more: what is off may be off because of it.
      if (event.type === 'runner-started') for (const note of notebook.all()) note.isInHand ||= note.isCutOff;
      if (event.type === 'read-back' && !event.enabled) notebook.at(event).isTakenOff = true;
      if (event.type === 'read-back' && event.enabled) notebook.at(event).isInHand = false;
      noteDropped(dropped, event, here());
      // Proven well, wanted on, or on its way back: it is no longer ours to keep out.
      if (
        event.type === 'check-passed' ||
        event.type === 'enable-began' ||
        (event.type === 'decided' && event.decision === 'put-on')
      )
        for (const note of notebook.all()) if (note.target === event.target) note.isTakenOff = false;
      if (event.type === 'drain-skipped' || drains.isTakenAsDone(event)) skipped.add(event.target);
      if (event.type === 'drain-began') skipped.delete(event.target);
    },
    /** Called often while a runner lives. */
    keepsOut: (rollout: Rollout, aliveSinceMs: number): void => {
      const { trouble, views } = here();
      const calmSinceMs = Math.max(aliveSinceMs, mayWriteSinceMs, trouble.lastMs + 6000, views.thawedAtMs());
      twins.keepsOut(rollout, calmSinceMs, exposureMs, here());
      newcomers.keepsOut(rollout, calmSinceMs, cameAtMs, here());
      for (const note of notebook.all()) {
        if (note.asked !== 'off' || !note.isTakenOff || note.onSinceMs === undefined) continue;
        if (isExcused(rollout, note, notebook.all())) note.excusedAtMs = now();
        const onMs = now() - Math.max(note.onSinceMs, calmSinceMs, note.excusedAtMs);
        if (onMs <= exposureMs) continue;
        broken(`P3: ${note.slot.key} is on for ${onMs} ms, and it is ours to keep out`);
      }
    },
    ...ends,
    beganBeside: occasions.began,
    closesBeside: occasions.closes,
  };
}
