import type { Listed } from '../../core/registry/listed.ts';
import { isSilence } from '../../core/registry/registry-error.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Words } from '../../i18n/words.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import type { Answer, Registry, ServerNode } from '../../world/registry.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseRegistry } from '../io/exit.ts';
import { connect } from '../io/connect.ts';

/** Says what a profile reaches. Only reads. */
export async function testProfile(
  cli: Cli,
  flags: ConnectionFlags,
  name: string | undefined,
): Promise<number> {
  const reached = await connect(cli, { ...flags, profile: name ?? flags.profile });
  if (!reached.ok) return reached.code;
  const code = await report(cli, reached.connected);
  await reached.connected.registry.close();
  return code;
}

async function report(cli: Cli, { registry, spec }: Connected): Promise<number> {
  const { output, words } = cli;
  const say = words.cli.profile;
  const server = await registry.server();
  if (!server.ok) return refuseRegistry(cli, server.error);
  const { product, version, dialect } = server.value;
  output.data(say.reached(product, version, dialect), say.as(spec.username, spec.accessKeyFrom));
  const nodes = await registry.nodes();
  const namespaces = await registry.namespaces();
  const services = await registry.services(spec.namespace, '');
  const sentenceOf = words.failures.registryError;
  // What keeps us from all of it is said once, at the end.
  const wall = services.ok ? undefined : sentenceOf(services.error);
  const isSaid = (answer: Answer<unknown>): boolean => !answer.ok && sentenceOf(answer.error) === wall;
  if (!isSaid(nodes)) output.data(nodesLine(nodes, words));
  if (namespaces.ok && namespaces.value.isAssumed) output.data(say.namespacesUnshown);
  else if (namespaces.ok) {
    const { items, unreadable } = namespaces.value;
    const ids = items.map(({ id }) => id);
    // One that cannot be read may be it.
    const isThere = ids.includes(spec.namespace) || unreadable.length > 0;
    output.data(say.namespaces([...ids, ...unreadNames(namespaces.value, words)], isThere, spec.namespace));
  } else if (!isSaid(namespaces)) output.talk(sentenceOf(namespaces.error));
  if (!services.ok) return refuseRegistry(cli, services.error);
  if (services.value.isNamespaceUnproven) output.talk(words.failures.namespaceUnproven(spec.namespace));
  // To find out takes a write, though one that can change nothing.
  const may = spec.isReadOnly ? 'unknown' : await mayWrite(registry, services.value.items);
  output.data(say.servicesSeen(services.value.items.length), say.may[may]);
  return exitCodes.done;
}

function nodesLine(nodes: Answer<Listed<ServerNode>>, words: Words): string {
  const say = words.cli.profile;
  if (!nodes.ok) return say.nodesUnknown(words.failures.registryError(nodes.error));
  const names = nodes.value.items.map(({ address, state }) => `${address} ${state}`);
  return say.nodes([...names, ...unreadNames(nodes.value, words)]);
}

/** What of a list cannot be read, each with the reason. */
function unreadNames({ unreadable }: Listed<unknown>, { failures }: Words): readonly string[] {
  return unreadable.map((record) => `${record.ip ?? '?'} (${failures.unread(record)})`);
}

/** Asked of the first instance that is there. */
async function mayWrite(
  registry: Registry,
  services: readonly ServiceId[],
): Promise<'yes' | 'no' | 'unknown'> {
  for (const service of services.slice(0, 5)) {
    const listed = await registry.instances(service);
    if (!listed.ok && isSilence(listed.error)) break;
    const [instance] = listed.ok ? (listed.value?.items ?? []) : [];
    if (instance === undefined) continue;
    const may = await registry.mayWrite(instance);
    return may.ok ? may.value : 'unknown';
  }
  return 'unknown';
}
