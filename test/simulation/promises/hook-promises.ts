import { type HookStep, hookOf } from '../../../src/core/hooks/hook-step.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { type Plan, registrationId } from '../../../src/core/plan/plan.ts';
import { hookStepOf } from '../scenario/commands/hooks.ts';
import type { CommandRun } from '../world/simulated-commands.ts';
import { seenOf } from '../world/ground-truth.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import type { InstanceHistory } from './instance-history.ts';
import type { InstanceHistories } from './instance-histories.ts';

/** A list may show a change this much later than another one. */
const lagMs = 1300;
/** An answer may tell what was listed when it was asked for. */
const slowReadMs = 6000;

/**
 * Consumers are told that it is off when no view shows it, and before it drains; and again when one showed it since. Judged
 * by the commands that ran and by what the lists showed.
 */
export function createHookPromises(plan: Plan, notebook: InstanceHistories, broken: (what: string) => void) {
  /** Those whose hook failed last. */
  const failed = new Set<string>();
  /**
   * When a person or the plan said that one goes on although its hook failed. It counts as told then, until a view shows it
   * again: where the hook runs once more meanwhile, as its target begins anew, and fails, nobody need be told who was not.
   */
  const passedOverMs = new Map<string, number>();

  const runsOf = (name: string, step: HookStep, { commands }: SimulatedWorld): readonly CommandRun[] =>
    commands.runs().filter(({ order }) => {
      const index = plan.targets.findIndex((target) => target.name === name);
      return hookStepOf(order) === step && order.environment['NACOS_ROLLOUT_INDEX'] === String(index + 1);
    });

  const shownUntilMs = (
    name: string,
    place: SimulatedWorld,
    dropped: ReadonlySet<number>,
    unseenMs = lagMs,
  ): number => {
    const slots = (notebook.registrationsOf(name) ?? [])
      .filter((one) => one.wasEnabled)
      .map((one) => place.truth.slotOf(registrationId(one)));
    place.views.settleAll();
    const viewers = place.views.viewers.filter(({ node }) => !dropped.has(node));
    return Math.max(
      ...viewers.flatMap(({ onSince, onUntil }) =>
        slots.map((slot) => {
          const sinceMs = onSince.get(slot);
          // For less than the time between two looks nobody can know it.
          const isSeen = sinceMs !== undefined && place.clock.monotonic() - sinceMs > unseenMs;
          return isSeen ? Infinity : (onUntil.get(slot) ?? -Infinity);
        }),
      ),
      -Infinity,
    );
  };

  return {
    heard: (event: Event, place: SimulatedWorld): void => {
      const passOver = (name: string): void => void passedOverMs.set(name, place.clock.monotonic());
      if (event.type === 'hook-began' && event.step === 'after-disable') failed.delete(event.target);
      if (event.type === 'hook-ended' && event.step === 'after-disable') {
        const isGood = event.result.kind === 'exited' && event.result.code === 0;
        if (!isGood) failed.add(event.target);
        if (!isGood && event.mayFail === true) passOver(event.target);
      }
      if (event.type === 'decided' && event.decision === 'take-as-done' && failed.has(event.target))
        passOver(event.target);
      if (event.type !== 'drain-began') return;
      const runs = runsOf(event.target, 'after-disable', place);
      if (runs.some(({ isOver }) => !isOver))
        broken(`${event.target} drains while its hook afterDisable runs`);
    },
    /** A hook begins. */
    began: (name: string, step: HookStep, place: SimulatedWorld, dropped: ReadonlySet<number>): void => {
      const notes = [...notebook.all()].filter(
        (note) => note.target === name && note.registration.wasEnabled,
      );
      // What an earlier rollout left off is held from the beginning.
      const isBegun = ({ asked, registration }: InstanceHistory): boolean =>
        asked !== 'nothing' && registration.left === undefined;
      if (step === 'before-target' && notes.some(isBegun))
        broken(`the hook beforeTarget of ${name} runs after something of it was written`);
      if (step === 'after-disable' && shownUntilMs(name, place, dropped, slowReadMs) === Infinity)
        broken(`consumers are told that ${name} is off while a view shows it`);
      // A disable that was refused took nothing off, nor does the new version that does without it.
      const isOff = ({ asked, isFormer, slot }: InstanceHistory): boolean =>
        asked === 'off' && !isFormer && seenOf(slot)?.enabled === false;
      if (step === 'after-target' && notes.some(isOff))
        broken(`the hook afterTarget of ${name} runs while it is off`);
    },
    /** A deploy begins. */
    deploys: (name: string, place: SimulatedWorld, dropped: ReadonlySet<number>): void => {
      const target = plan.targets.find((each) => each.name === name);
      if (target === undefined || hookOf(target, 'after-disable') === undefined) return;
      const good = runsOf(name, 'after-disable', place).filter(
        ({ result }) => result?.kind === 'exited' && result.code === 0,
      );
      const toldMs = Math.max(
        ...good.map(({ beganMs }) => beganMs ?? -Infinity),
        passedOverMs.get(name) ?? -Infinity,
      );
      const shownMs = shownUntilMs(name, place, dropped);
      if (toldMs < shownMs - lagMs)
        broken(
          `${name} is deployed; a view showed it at ${shownMs} ms, and consumers were told at ${toldMs} ms`,
        );
    },
  };
}
