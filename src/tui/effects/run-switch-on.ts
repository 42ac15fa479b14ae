import type { WriteFact } from '../../core/event/event.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { partLeft, withWhole } from '../../core/report/whole-weight.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { switchOnce } from '../../runner/once/switch-once.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import { lockedBy } from '../../runner/process/claim.ts';
import { findServiceHolder } from '../../runner/registry/current-holder.ts';
import type { UiEffect } from '../model/effect.ts';
import type { Outcome } from '../model/message.ts';
import type { Problem } from '../model/notice.ts';
import type { Session } from './session.ts';

/** Puts on what a rollout left off of one target: the same way as the command line does it. */
export async function switchOn(
  session: Session,
  { rollout: shown, target: name }: UiEffect & { kind: 'switch-on' },
): Promise<Outcome<undefined>> {
  const { connected, ports } = session;
  if (connected === undefined) return { value: undefined };
  const asked = await stillLeftOff(session, connected, shown, name);
  if ('problem' in asked) return asked;
  const rollout = asked.value;
  const { spec } = connected;
  const registrations = registrationsOff(rollout, name).map((one) => ({
    ...withWhole(one, partLeft([rollout], spec, one)),
    wasEnabled: false,
  }));
  const writes: WriteFact[] = [];
  const outcome = await switchOnce({
    registry: connected.registry,
    clock: ports.clock,
    plan: rollout.planned.plan,
    target: { ...targetOf(rollout, name), registrations },
    enabled: true,
    onWrite: (fact) => writes.push(fact),
  });
  if (!outcome.ok) return { problem: { kind: 'failure', failure: outcome.failure } };
  await ports.launcher.settleSwitch({ connected, registrations, writes, ms: outcome.ms });
  return { value: undefined };
}

/** The rollout by its journal as it is now; or why nothing of it is ours to put on, since the screen was read. */
async function stillLeftOff(
  { ports, words }: Session,
  { registry, spec }: Connected,
  shown: Rollout,
  name: string,
): Promise<Outcome<Rollout>> {
  const { rollouts } = await ports.launcher.all();
  const { registrations: services } = targetOf(shown, name);
  const answer = await findServiceHolder({
    registry,
    namespace: shown.planned.reached.namespace,
    services,
    onThisMachine: ports.holderOf(spec, services),
    isGone: (id) =>
      Promise.resolve(rollouts.some((one) => one.id === id && !one.isRunning && one.elsewhere === undefined)),
  });
  if (answer.kind === 'held') return refused({ kind: 'launch', problem: lockedBy(answer.holder) });
  const { id } = shown;
  const now = rollouts.find((one) => one.id === id);
  if (now === undefined) return { value: shown };
  if (now.isRunning) return refused({ kind: 'launch', problem: { kind: 'still-running', id } });
  return registrationsOff(now.rollout, name).length === 0
    ? refused({ kind: 'sentence', sentence: words.notices.off['not-off-by-us'] })
    : { value: now.rollout };
}

function refused(problem: Problem): { readonly problem: Problem } {
  return { problem };
}
