import { charactersOf } from '../../core/text/cells.ts';
import { type TerminalEvent, openTerminalInput } from '../../keyboard/terminal-input.ts';
import { pasteMarksOff, reportsOff } from '../../keyboard/terminal-modes.ts';
import type { Cli } from './command-ports.ts';

/** One line from the terminal; undefined when it ended instead. */
export async function ask(cli: Cli, question: string): Promise<string | undefined> {
  quietTerminal(cli);
  cli.output.prompt(question);
  return cli.lines.next();
}

/** What the terminal would say between the lines is neither typed nor shown; one that obeys nothing says nothing. */
export function quietTerminal({ input }: Cli): void {
  if (input.stdout.isTTY === true && input.env['TERM'] !== 'dumb')
    input.stdout.write(`${pasteMarksOff}${reportsOff}`);
}

/** The same without showing what is typed; undefined for Ctrl-C too. */
export async function askHidden(cli: Cli, question: string): Promise<string | undefined> {
  const { clock } = await cli.ports();
  const { stdin } = cli.input;
  const input = openTerminalInput(cli.input, clock, { isDrawing: false });
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const ended = (): void => resolve(undefined);
  const typing = createHiddenLine(resolve);
  stdin.once('end', ended);
  input.heed((events) => {
    for (const event of events) typing(event);
  });
  cli.output.prompt(question);
  input.take();
  const typed = await promise;
  input.give();
  stdin.off('end', ended);
  cli.output.talk('');
  return typed;
}

/** A line that is edited unseen: what a shell's prompt for a password knows, and pastes. */
function createHiddenLine(done: (line: string | undefined) => void): (event: TerminalEvent) => void {
  let line = '';
  const pressed = (name: string): void => {
    if (name === 'ctrl-c' || (name === 'ctrl-d' && line === '')) done(undefined);
    if (name === 'ctrl-u') line = '';
    if (name === 'backspace') line = charactersOf(line).slice(0, -1).join('');
  };
  return (event) => {
    if (event.kind === 'key') pressed(event.name);
    if (event.kind !== 'text' && event.kind !== 'paste') return;
    const [first = '', ...rest] = event.text.split(/[\r\n]/);
    line += first;
    if (rest.length > 0) done(line);
  };
}
