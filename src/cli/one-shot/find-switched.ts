import { isSameAddress, usualSpellings } from '../../core/registry/address.ts';
import { type Endpoint, type Instance, type ServiceId, endpointText } from '../../core/registry/service.ts';
import { similarTo } from '../../core/planning/choose-instances.ts';
import { shortName } from '../../core/registry/service-name.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { whyServiceMissing } from '../../world/why-missing.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import type { Reached } from '../io/connect.ts';

export type WhichFlags = {
  readonly instance?: readonly string[];
  readonly ip?: string;
  readonly self?: boolean;
  readonly port?: string;
  readonly host?: readonly string[];
};

export type Found =
  /** `besides`: at further ports of the same ip, which go with it. */
  | {
      readonly ok: true;
      readonly instance: string;
      readonly besides: readonly number[];
      /** Nothing was registered there at first. */
      readonly wasAway: boolean;
    }
  | { readonly ok: false; readonly code: number };

const lookEveryMs = 1000;

/** Exactly one way of saying which; a sentence of what is missing otherwise. */
export function whichProblem(
  cli: Cli,
  { instance = [], ip, self, port, host }: WhichFlags,
): string | undefined {
  const { usage } = cli.words.cli;
  const ways = [
    ...(instance.length > 0 ? ['--instance'] : []),
    ...(ip === undefined ? [] : ['--ip']),
    ...(self === true ? ['--self'] : []),
    ...(host === undefined ? [] : ['--host']),
  ];
  const [way, other] = ways;
  if (way === undefined) return usage.whichInstance;
  if (other !== undefined) return usage.notBoth(way, other);
  if (instance.length > 1) return usage.oneInstance;
  // What is listed has no port in its ip, and nothing would be found.
  if (ip !== undefined && /^(\d+(\.\d+){3}|\[.*\]):\d+$/.test(ip))
    return usage.badValue('--ip', ip, cli.words.cli.right.ip);
  if (port !== undefined && instance.length > 0) return usage.notBoth('--instance', '--port');
  return port === undefined || /^\d{1,5}$/.test(port)
    ? undefined
    : usage.badValue('--port', port, cli.words.cli.right.port);
}

/** The instance that is meant. What is to be found by its address may still be registering: it is waited for. */
export async function findSwitched(
  cli: Cli,
  reached: Reached,
  id: ServiceId,
  flags: WhichFlags,
  wait: {
    readonly withinMs: number;
    readonly signal: AbortSignal;
    /** Those at which the profile knows it, where no port is given. */
    readonly ports?: readonly number[] | undefined;
  },
): Promise<Found> {
  const [given] = flags.instance ?? [];
  if (given !== undefined) return { ok: true, instance: given, besides: [], wasAway: false };
  const { clock } = reached.ports;
  const addresses = flags.ip === undefined ? reached.ports.ownAddresses() : [flags.ip];
  const ports = flags.port === undefined ? wait.ports : [Number(flags.port)];
  const began = clock.monotonic();
  let why: RegistryError | undefined;
  let isMissing = false;
  let others: readonly Instance[] = [];
  let wasAway = false;
  for (;;) {
    const listed = await listAt(reached, id, addresses, ports);
    if (!listed.ok) return { ok: false, code: refuseRegistry(cli, listed.error) };
    // A service may yet come with the instance; its namespace does not.
    why ??= listed.isMissing ? await whyServiceMissing(reached.connected.registry, id) : undefined;
    if (why?.kind === 'namespace-missing') return { ok: false, code: refuseRegistry(cli, why) };
    isMissing = listed.isMissing;
    others = listed.all;
    const [first, ...further] = listed.found;
    const known = ports !== undefined && isOneIp(listed.found);
    if (further.length > 0 && !known) {
      const names = listed.found.map(endpointText);
      return { ok: false, code: refuseUsage(cli, cli.words.cli.manyPorts(addresses.join(', '), names)) };
    }
    // Whoever is waited for may register one port after the other.
    const isLate = wait.withinMs > 0 && listed.found.length < (ports?.length ?? 1);
    if (first !== undefined && !isLate)
      return { ok: true, instance: endpointText(first), besides: further.map(({ port }) => port), wasAway };
    wasAway ||= first === undefined;
    if (clock.monotonic() - began >= wait.withinMs || wait.signal.aborted) break;
    await clock.sleep(lookEveryMs, wait.signal);
  }
  if (isMissing && why !== undefined) return { ok: false, code: refuseRegistry(cli, why) };
  // Own ones with the link they are on are there without it too.
  const missing = addresses
    .filter((ip) => flags.ip !== undefined || !ip.includes('%'))
    .flatMap((ip) => ports?.map((port) => endpointText({ ip, port })) ?? [ip]);
  const instance = missing.join(', ');
  const similar = similarTo(missing[0] ?? '', others);
  const problem = { kind: 'instance-missing', service: shortName(id), instance, similar } as const;
  return { ok: false, code: refuseUsage(cli, cli.words.failures.planProblem(problem)) };
}

async function listAt(
  { connected }: Reached,
  id: ServiceId,
  addresses: readonly string[],
  ports: readonly number[] | undefined,
): Promise<
  | {
      readonly ok: true;
      readonly found: readonly Endpoint[];
      readonly all: readonly Instance[];
      readonly isMissing: boolean;
    }
  | { readonly ok: false; readonly error: RegistryError }
> {
  // Where the lists hide who is off, it is asked for by name.
  const known = ports?.flatMap((port) => addresses.flatMap(usualSpellings).map((ip) => ({ ip, port }))) ?? [];
  const answer = await connected.registry.instances(id, { known });
  if (!answer.ok) return answer;
  const isMeant = (one: Instance): boolean =>
    addresses.some((ip) => isSameAddress(ip, one.ip)) && (ports === undefined || ports.includes(one.port));
  const found = (answer.value?.items ?? []).filter(isMeant);
  const each = [...new Map(found.map((one) => [endpointText(one), one])).values()];
  const inOrder = each.toSorted((a, b) => (ports?.indexOf(a.port) ?? 0) - (ports?.indexOf(b.port) ?? 0));
  const all = answer.value?.items ?? [];
  return { ok: true, found: inOrder, all, isMissing: answer.value === undefined };
}

function isOneIp([first, ...others]: readonly Endpoint[]): boolean {
  return others.every(({ ip }) => first !== undefined && isSameAddress(ip, first.ip));
}
