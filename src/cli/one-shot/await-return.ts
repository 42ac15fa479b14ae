/**
 * What a command of this machine took off may not be registered yet when its deploy returns. Only of such an instance is it
 * known that it is no slip of the pen, and only that is worth a wait.
 */
import { registrationsOff, takenOff } from '../../core/report/left-off.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { isSameAddress, usualSpellings } from '../../core/registry/address.ts';
import { isSameNacos } from '../../core/registry/same-nacos.ts';
import {
  type Endpoint,
  type ServiceId,
  endpointText,
  instanceKey,
  isSameEndpoint,
  isSameService,
  parseEndpoint,
} from '../../core/registry/service.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { refuseRegistry, typedAgain } from '../io/exit.ts';
import type { WhichFlags } from './find-switched.ts';

type Wait = {
  readonly flags: WhichFlags;
  /** Those at which the profile knows it, where no port is given. */
  readonly ports: readonly number[] | undefined;
  /** Whether a flag says that it is to be waited for. */
  readonly isPatient: boolean;
  readonly withinMs: number;
  readonly signal: AbortSignal;
};

/** `wasAway`: nothing of it was registered at some moment, so what is there now came since. */
export type Returned =
  | { readonly ok: true; readonly wasAway: boolean }
  | { readonly ok: false; readonly code: number };

type Off = { readonly at: string; readonly registrations: readonly Registration[] };

const lookEveryMs = 1000;

/** Waits for what we took off until it is registered. Of what nothing of ours knows, whoever looks for it next speaks. */
export async function awaitReturn(cli: Cli, reached: Reached, id: ServiceId, wait: Wait): Promise<Returned> {
  const isMeant = meantBy(wait);
  const off = await takenOffHere(reached, id, isMeant);
  if (off === undefined) return { ok: true, wasAway: false };
  const { registrations, at } = off;
  const { isPatient, withinMs, signal } = wait;
  const { output, words } = cli;
  const { clock } = reached.ports;
  const known = registrations.flatMap((one) => usualSpellings(one.ip).map((ip) => ({ ...one, ip })));
  // Of ports that are known all come back; without them one at the ip is as good as another.
  const isAllOfIt = isPatient && (wait.ports !== undefined || wait.flags.ip === undefined);
  const began = clock.monotonic();
  let wasAway = false;
  let isTold = false;
  for (;;) {
    const listed = await reached.connected.registry.instances(id, { known });
    const items = listed.ok ? (listed.value?.items ?? []) : [];
    const isThere = items.some(isMeant);
    const missing = registrations.filter((one) => !items.some((item) => isSameEndpoint(item, one)));
    if (listed.ok && isThere && (!isAllOfIt || missing.length === 0)) return { ok: true, wasAway };
    wasAway ||= listed.ok && !isThere;
    const waitedMs = clock.monotonic() - began;
    const isOver = !isPatient || waitedMs >= withinMs || signal.aborted;
    // One answer that fails amid a wait is asked for again.
    if (!listed.ok && (isOver || !isTold)) return { ok: false, code: refuseRegistry(cli, listed.error) };
    const names = missing.map(endpointText);
    if (isOver) return { ok: false, code: sayAway(cli, names, at, isPatient ? waitedMs : undefined) };
    if (!isTold) output.talk(words.cli.awaitingReturn(names, at, withinMs));
    isTold = true;
    await clock.sleep(lookEveryMs, signal);
  }
}

/** It is off because of us, and nothing is there that could be put on. */
function sayAway(
  { output, words, input }: Cli,
  names: readonly string[],
  at: string,
  waitedMs: number | undefined,
): number {
  if (waitedMs === undefined)
    output.talk(words.cli.awayNow(names, at, typedAgain([...input.argv, '--restarted'])));
  else output.talk(words.cli.stillAway(names, at, waitedMs, typedAgain(input.argv)));
  return exitCodes.someOff;
}

function meantBy({ flags: { instance: [named] = [], ip, port }, ports }: Wait): (one: Endpoint) => boolean {
  const endpoint = named === undefined ? undefined : parseEndpoint(named);
  const at = port === undefined ? ports : [Number(port)];
  return (one) =>
    endpoint === undefined
      ? ip !== undefined && isSameAddress(ip, one.ip) && (at?.includes(one.port) ?? true)
      : isSameEndpoint(endpoint, one);
}

/** What one-shot commands of this machine took off and have not put on. */
async function takenOffHere(
  { ports, connected: { spec } }: Reached,
  id: ServiceId,
  isMeant: (one: Endpoint) => boolean,
): Promise<Off | undefined> {
  const { rollouts } = await ports.launcher.all();
  const ours = rollouts
    .map(({ rollout }) => rollout)
    .filter(({ planned }) => planned.command !== undefined && isSameNacos(planned.reached, spec));
  const off = ours
    .flatMap((rollout) => registrationsOff(rollout))
    .filter((one) => isSameService(one, id) && isMeant(one));
  const registrations = [...new Map(off.map((one) => [instanceKey(one), one])).values()];
  const [first] = registrations;
  const found = first && takenOff(ours, spec, first);
  return found && { at: found.at, registrations };
}
