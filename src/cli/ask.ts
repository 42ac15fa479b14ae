import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Cli } from './cli-ports.ts';

/** One line from the terminal; undefined when it ended instead. */
export async function ask(cli: Cli, question: string): Promise<string | undefined> {
  cli.output.prompt(question);
  return oneLine(createInterface({ input: cli.input.stdin, terminal: false }));
}

/** The same without showing what is typed. */
export async function askHidden(cli: Cli, question: string): Promise<string | undefined> {
  cli.output.prompt(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const typed = await oneLine(createInterface({ input: cli.input.stdin, output: nowhere, terminal: true }));
  cli.output.talk('');
  return typed;
}

function oneLine(lines: ReturnType<typeof createInterface>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const finish = (line: string | undefined): void => {
      resolve(line);
      lines.close();
    };
    lines.once('line', finish);
    lines.once('close', () => resolve(undefined));
    lines.once('SIGINT', () => finish(undefined));
  });
}
