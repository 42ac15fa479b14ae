import { exitCodes } from '../../core/rollout/outcome.ts';
import { filledCall } from '../../core/command/command-environment.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import { settingsOf } from '../../core/plan/plan-settings.ts';
import { type Target, callText } from '../../core/plan/plan.ts';
import { usualSpellings } from '../../core/registry/address.ts';
import {
  type ServiceId,
  defaultCluster,
  endpointText,
  isSameEndpoint,
  parseEndpoint,
} from '../../core/registry/service.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { refuseRegistry, typedAgain } from '../io/exit.ts';
import type { WhichFlags } from './find-switched.ts';

type FileCall = NonNullable<NonNullable<PlanFile['defaults']>['back']>;
type Wanted = {
  readonly flags: WhichFlags;
  readonly ports: readonly number[] | undefined;
  readonly withinMs: number;
  readonly signal: AbortSignal;
};

const againEveryMs = 1000;

/** `refused`: the exit code of what stays away. */
export type CalledBack = { readonly wasAsked: boolean; readonly refused?: number };

/**
 * Asks an application that has left to come back, until it is registered: what is not registered cannot be put on.
 * Nothing is asked of one that is registered, or of which nobody says at which port it is.
 */
export async function callBack(
  cli: Cli,
  reached: Reached,
  id: ServiceId,
  written: FileCall,
  { flags, ports, withinMs, signal }: Wanted,
): Promise<CalledBack> {
  const endpoint = endpointOf(flags, ports);
  const { back } = settingsOf({ service: id.service, back: written }, {});
  if (endpoint === undefined || back === undefined) return { wasAsked: false };
  const { connected, ports: own } = reached;
  const { clock } = own;
  const ask = own.askerFor(connected.spec, signal);
  const target = absentTarget(id, endpoint);
  const began = clock.monotonic();
  let wasAsked = false;
  const known = usualSpellings(endpoint.ip).map((ip) => ({ ...endpoint, ip }));
  for (;;) {
    const listed = await connected.registry.instances(id, { known });
    if (!listed.ok) return { wasAsked, refused: refuseRegistry(cli, listed.error) };
    if (listed.value?.items.some((one) => isSameEndpoint(one, endpoint)) === true) return { wasAsked };
    const filled = filledCall(back, target);
    wasAsked = true;
    const reading = await ask(filled, target, 'back');
    const isOver = clock.monotonic() - began >= withinMs || signal.aborted;
    if (reading.kind !== 'good' && isOver) {
      const { words, output } = cli;
      const failure = { kind: 'call', purpose: 'back', reading, call: callText(filled) } as const;
      output.talk(
        words.cli.switchFailed(target.name, words.failures.failure(failure)),
        words.cli.onceWell(target.name, typedAgain(cli.input.argv)),
      );
      return { wasAsked, refused: exitCodes.someOff };
    }
    // Asked and answered: whether it registers is for whoever looks for it next to say.
    if (isOver) return { wasAsked };
    await clock.sleep(againEveryMs, signal);
  }
}

/** Where it is: as it was named, or at the first port that the profile knows. */
function endpointOf(
  { instance: [named] = [], ip, port }: WhichFlags,
  ports: readonly number[] | undefined,
): { readonly ip: string; readonly port: number } | undefined {
  if (named !== undefined) return parseEndpoint(named);
  const at = port === undefined ? ports?.[0] : Number(port);
  return ip === undefined || at === undefined ? undefined : { ip, port: at };
}

/** As much of a target as a call is told. */
function absentTarget(id: ServiceId, endpoint: { readonly ip: string; readonly port: number }): Target {
  const { drain, check } = settingsOf({ service: id.service }, {});
  const registration = { ...id, ...endpoint, cluster: defaultCluster, weight: 1, metadata: {} };
  return {
    name: endpointText(endpoint),
    stage: '',
    batch: 0,
    registrations: [{ ...registration, ephemeral: true, wasEnabled: false }],
    drain,
    deploy: { run: 'true', timeoutMs: 0 },
    check,
  };
}
