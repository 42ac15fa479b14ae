import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type { ServiceSummary } from '../../core/registry/service.ts';
import { isLike } from '../../core/text/glob.ts';
import type { Words } from '../../i18n/words.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseRegistry } from '../io/exit.ts';
import { connect } from '../io/connect.ts';
import { table } from '../io/table.ts';
import { unreadableJson } from '../io/unreadable-json.ts';

export async function services(
  cli: Cli,
  flags: ConnectionFlags & { readonly json?: boolean },
  pattern: string | undefined,
): Promise<number> {
  const reached = await connect(cli, flags);
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
  const isWanted = (service: string): boolean => !isGlob || isLike(service, pattern ?? '');
  const items = answer.value.items.filter(({ service }) => isWanted(service));
  // One without a name may be any of them.
  const unreadable = answer.value.unreadable.filter(
    ({ service }) => service === undefined || isWanted(service),
  );
  const isEmpty = items.length + unreadable.length === 0;
  if (flags.json) output.json([...items, ...unreadable.map(unreadableJson)]);
  else if (!isEmpty) output.data(...rows({ items, unreadable }, words));
  if (answer.value.isNamespaceUnproven) output.talk(words.failures.namespaceUnproven(spec.namespace));
  else if (isEmpty && !flags.json)
    output.talk((pattern ? words.cli.noMatch : words.cli.noServices)(spec.namespace));
  return exitCodes.done;
}

/** What cannot be read has a column where there is something to tell. */
function rows({ items, unreadable }: Listed<ServiceSummary>, words: Words): readonly string[] {
  const said = words.cli.table;
  const listed = [
    [said.service, said.group, said.on, said.off, said.ill, said.unreadable],
    ...items.map((one) => [
      one.service,
      one.group,
      String(one.on),
      String(one.off),
      String(one.ill),
      String(one.unreadable ?? 0),
    ]),
    ...unreadable.map((record) => [
      record.service ?? '?',
      record.group ?? '?',
      '?',
      '?',
      '?',
      words.failures.unread(record),
    ]),
  ];
  const isWhole = unreadable.length === 0 && items.every((one) => one.unreadable === undefined);
  return table(isWhole ? listed.map((row) => row.slice(0, -1)) : listed);
}

/** What a server is asked for: the longest text between the stars. */
function longestPart(glob: string): string {
  return glob.split(/[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
