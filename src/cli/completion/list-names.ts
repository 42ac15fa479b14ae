import { offByUs, planOf } from '../../core/rollout/rollout.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import { type Instance, type ServiceId, endpointText, isServing } from '../../core/registry/service.ts';
import { fullName, serviceNamed } from '../../core/registry/service-name.ts';
import type { Words } from '../../i18n/words.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import { openState } from '../../runner/ports/open-state.ts';
import type { CommandPorts } from '../io/command-ports.ts';
import { serviceNames } from '../plan/review-text.ts';
import type { NamesRequest, Offer } from './names.ts';

type House = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly words: Words;
  readonly ports: Pick<CommandPorts, 'profiles' | 'launcher' | 'connect'>;
};

/**
 * The names, from the files of this machine or from the Nacos that the command line means; undefined where they cannot be
 * had. Asks nobody for a password, writes nothing, and says nothing about what went wrong: that is for the command itself.
 */
export async function listNames(request: NamesRequest, house: House): Promise<readonly Offer[] | undefined> {
  const { ports, words } = house;
  switch (request.kind) {
    case 'profiles': {
      const read = ports.profiles.read();
      if (!read.ok) return undefined;
      return Object.entries(read.value.profiles).map(([value, { servers }]) => ({
        value,
        about: servers.map(hostOf).join(' '),
      }));
    }
    case 'rollouts':
      return (await ports.launcher.all()).rollouts.map((open) => ({
        value: open.id,
        about: [serviceNames(planOf(open.rollout)), words.cli.status.state[openState(open)]].join(' · '),
      }));
    case 'targets':
      return (await ports.launcher.all()).rollouts
        .filter(({ id, rollout }) =>
          request.rollout === undefined ? rollout.ended === undefined : id === request.rollout,
        )
        .flatMap(({ id, rollout }) => rollout.targets.map(({ name }) => ({ value: name, about: id })));
    case 'off':
      return (await ports.launcher.all()).rollouts
        .filter(({ rollout }) => offByUs(rollout).length > 0)
        .flatMap(({ rollout }) => registrationsOff(rollout))
        .map((one) => ({ value: endpointText(one), about: one.service }))
        .filter(isFirst);
    case 'namespaces':
    case 'groups':
    case 'services':
    case 'clusters':
    case 'instances':
    case 'ips':
    case 'ports':
      return namesInNacos(request, house);
  }
}

type Registry = Extract<Awaited<ReturnType<CommandPorts['connect']>>, { ok: true }>['value']['registry'];
type Home = Pick<ServiceId, 'namespace' | 'group'>;

async function namesInNacos(
  request: NamesRequest,
  { env, words, ports }: House,
): Promise<readonly Offer[] | undefined> {
  const resolved = resolveSpec(request.flags, env, ports.profiles);
  if (!resolved.ok) return undefined;
  const { spec, group } = resolved;
  if (spec.username !== undefined && spec.passwordFrom === undefined) return undefined;
  const answer = await ports.connect(spec, undefined);
  if (!answer.ok) return undefined;
  const { registry } = answer.value;
  try {
    const home = { namespace: spec.namespace, group };
    if (request.kind === 'namespaces') return await namespaces(registry);
    if (request.kind === 'groups' || request.kind === 'services')
      return await services(registry, home, request, words);
    if (request.service === undefined) return undefined;
    const listed = await registry.instances(serviceNamed(request.service, home));
    if (!listed.ok || listed.value === undefined) return undefined;
    return listed.value.items.map((one) => ofInstance(one, request, words)).filter(isFirst);
  } finally {
    await registry.close();
  }
}

async function namespaces(registry: Registry): Promise<readonly Offer[] | undefined> {
  const answer = await registry.namespaces();
  return answer.ok ? answer.value.items.map(({ id, name }) => ({ value: id, about: name })) : undefined;
}

/** As they are typed: without their group where it is the one that counts. */
async function services(
  registry: Registry,
  { namespace, group }: Home,
  { kind }: NamesRequest,
  { cli }: Words,
): Promise<readonly Offer[] | undefined> {
  const answer = await registry.services(namespace, '');
  if (!answer.ok) return undefined;
  const { items } = answer.value;
  if (kind === 'groups') return items.map((one) => ({ value: one.group, about: '' })).filter(isFirst);
  return items.map((one) => ({
    value: one.group === group && !one.service.includes('@@') ? one.service : fullName(one),
    about: `${one.on} ${cli.table.on}, ${one.off} ${cli.table.off}`,
  }));
}

function ofInstance(one: Instance, { kind }: NamesRequest, { cli }: Words): Offer {
  const { on, off, ill } = cli.table;
  const about = `${one.cluster}, ${one.enabled ? (isServing(one) ? on : ill) : off}`;
  if (kind === 'clusters') return { value: one.cluster, about: '' };
  if (kind === 'ips') return { value: one.ip, about };
  return kind === 'ports' ? { value: String(one.port), about } : { value: endpointText(one), about };
}

function isFirst({ value }: Offer, at: number, all: readonly Offer[]): boolean {
  return all.findIndex((one) => one.value === value) === at;
}

/** Without a login that somebody may have written into it, whatever its password is made of. */
export function hostOf(server: string): string {
  return server.replace(/^(\w+:\/\/)?(.*@)?/, '');
}
