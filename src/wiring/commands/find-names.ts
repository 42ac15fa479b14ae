import type { Readable } from 'node:stream';
import { listNames } from '../../cli/completion/list-names.ts';
import type { CommandPorts } from '../../cli/io/command-ports.ts';
import { chooseLanguage } from '../../i18n/language.ts';
import { wordsOf } from '../../i18n/words.ts';
import type { Clock } from '../../world/clock.ts';
import { type NamesErrand, askWithinMs, keepNames } from './ask-names.ts';

export type FindingHouse = {
  readonly clock: Clock;
  readonly stdin: Readable;
  readonly say: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly openPorts: () => Promise<CommandPorts>;
  readonly exit: (code: number) => void;
};

/** One errand of `namesAsker`, as JSON on standard input. Ends in any case, whatever a Nacos does. */
export async function findNames({ clock, stdin, say, env, openPorts, exit }: FindingHouse): Promise<number> {
  void clock.sleep(askWithinMs).then(() => exit(1));
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  const errand = JSON.parse(Buffer.concat(chunks).toString('utf8')) as NamesErrand;
  const words = await wordsOf(chooseLanguage(undefined, env));
  const names = await listNames(errand, { env, words, ports: await openPorts() });
  if (errand.keepIn !== undefined) keepNames(errand.keepIn, names, clock);
  say(names === undefined ? '' : JSON.stringify(names));
  return 0;
}
