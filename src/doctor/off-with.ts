import { isSameNacos } from '../core/registry/same-nacos.ts';
import { type InstanceId, instanceKey } from '../core/registry/service.ts';
import { targetOf } from '../core/rollout/rollout.ts';
import type { Connected, FacePorts } from '../runner/ports/face-ports.ts';
import { everythingLeft, lookAt } from './left-behind.ts';

/** What was taken off together with these, by a rollout or a command of this machine, and is off still. */
export async function offWith(
  ports: Pick<FacePorts, 'launcher'>,
  connected: Connected,
  switched: readonly InstanceId[],
): Promise<readonly InstanceId[]> {
  const { rollouts } = await ports.launcher.all();
  const here = rollouts.filter(
    ({ isRunning, rollout }) => !isRunning && isSameNacos(rollout.planned.reached, connected.spec),
  );
  const keys = new Set(switched.map(instanceKey));
  const left = (await everythingLeft(ports, here, rollouts)).filter(
    ({ left: { registration, target }, open }) =>
      !keys.has(instanceKey(registration)) &&
      targetOf(open.rollout, target).registrations.some((one) => keys.has(instanceKey(one))),
  );
  const seen = await Promise.all(left.map((one) => lookAt(one, connected)));
  const off = seen.filter(({ shown }) => shown === 'off' || shown === 'unknown');
  const registrations = off.map(({ left: { registration } }) => registration);
  return [...new Map(registrations.map((one) => [instanceKey(one), one])).values()];
}
