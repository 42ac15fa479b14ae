import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** What a test of a profile found: server, nodes, who we are, what we may read and write. */
export async function reachedLines(
  words: TuiWords['screens']['reached'],
  { registry, spec }: Connected,
  sentenceOf: TuiWords['failures']['registryError'],
): Promise<readonly string[]> {
  const server = await registry.server();
  const nodes = await registry.nodes();
  const services = await registry.services(spec.namespace, '');
  const lines: string[] = [];
  if (server.ok) lines.push(words.server(server.value.product, server.value.version, server.value.dialect));
  if (nodes.ok) {
    const { items, unreadable } = nodes.value;
    const names = [...items.map(({ address }) => address), ...unreadable.map(({ ip }) => `${ip ?? ''}?`)];
    lines.push(words.nodes(names.length, names.join(' ')));
  }
  const { username, accessKeyFrom } = spec;
  if (accessKeyFrom !== undefined) lines.push(words.key(accessKeyFrom));
  else lines.push(username === undefined ? words.nobody : words.who(username));
  if (!services.ok) return [...lines, `✖ ${sentenceOf(services.error)}`];
  lines.push(words.services(services.value.items.length, spec.namespace));
  const some = services.value.items.find(({ on, off, ill }) => on + off + ill > 0);
  const listed = some && (await registry.instances(some));
  const instance = listed?.ok === true ? listed.value?.items[0] : undefined;
  // To find out takes a write, though one that can change nothing.
  const may = instance && !spec.isReadOnly ? await registry.mayWrite(instance) : undefined;
  if (some !== undefined && may?.ok === true) lines.push(words.mayWrite[may.value](shortName(some)));
  return lines;
}
