import type { WriteFact } from '../../core/event/event.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { targetOf } from '../../core/rollout/rollout.ts';
import { switchOnce } from '../../runner/once/switch-once.ts';
import type { UiEffect } from '../model/effect.ts';
import type { Outcome } from '../model/message.ts';
import type { Session } from './session.ts';

/** Puts on what a rollout left off of one target: the same way as the command line does it. */
export async function switchOn(
  { connected, ports }: Session,
  { rollout, target: name }: UiEffect & { kind: 'switch-on' },
): Promise<Outcome<undefined>> {
  if (connected === undefined) return { value: undefined };
  const planned = targetOf(rollout, name);
  const registrations = registrationsOff(rollout, name).map((one) => ({ ...one, wasEnabled: false }));
  const writes: WriteFact[] = [];
  const outcome = await switchOnce({
    registry: connected.registry,
    clock: ports.clock,
    plan: rollout.planned.plan,
    target: { ...planned, registrations },
    enabled: true,
    onWrite: (fact) => writes.push(fact),
  });
  if (!outcome.ok) return { problem: { kind: 'failure', failure: outcome.failure } };
  await ports.launcher.settleSwitch({ connected, registrations, writes, ms: outcome.ms });
  return { value: undefined };
}
