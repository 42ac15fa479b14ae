import { exitCodes } from '../../core/outcome.ts';
import type { ConnectionFlags } from '../../profiles/resolve-spec.ts';
import type { Cli } from '../cli-ports.ts';
import { refuseRegistry } from '../exit.ts';
import { reach } from '../reach.ts';
import { table } from '../table.ts';

export async function services(
  cli: Cli,
  flags: ConnectionFlags & { readonly json?: boolean },
  pattern: string | undefined,
): Promise<number> {
  const reached = await reach(cli, flags);
  if (!reached.ok) return reached.code;
  const { registry, spec } = reached.connected;
  const isGlob = /[*?]/.test(pattern ?? '');
  const answer = await registry.services(
    spec.namespace,
    isGlob ? longestPart(pattern ?? '') : (pattern ?? ''),
  );
  await registry.close();
  if (!answer.ok) return refuseRegistry(cli, answer.error);
  const { output, words } = cli;
  const found = isGlob
    ? answer.value.items.filter(({ service }) => isLike(service, pattern ?? ''))
    : answer.value.items;
  if (flags.json) output.json(found);
  else if (found.length === 0) output.talk(words.cli.noServices(spec.namespace));
  else {
    const { service, group, on, off, ill } = words.cli.table;
    const rows = found.map((one) => [
      one.service,
      one.group,
      String(one.on),
      String(one.off),
      String(one.ill),
    ]);
    output.data(...table([[service, group, on, off, ill], ...rows]));
  }
  return exitCodes.done;
}

/** What a server is asked for: the longest text between the stars. */
function longestPart(glob: string): string {
  return glob.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function isLike(name: string, glob: string): boolean {
  const source = glob
    .split('*')
    .map((part) => part.split('?').map(escaped).join('.'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(name);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
