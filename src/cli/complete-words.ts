import type { Words } from '../i18n/words.ts';
import { commandTree } from './command-tree.ts';
import { complete } from './completion/complete.ts';
import type { AskNames } from './completion/names.ts';

/** What a completion script is told, as lines: see `complete`. */
export async function completeWords(
  { help }: Words,
  argv: readonly string[],
  ask: AskNames,
): Promise<readonly string[]> {
  const { kind, lines } = await complete(commandTree(help, '').root, argv, ask);
  return [kind, ...lines];
}
