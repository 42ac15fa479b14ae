import { program } from '../../support/processes/sandbox-process.ts';
import { type TerminalSession, openTerminal } from '../../support/terminal/terminal.ts';
import type { Crowded } from '../scale/crowded.ts';
import { wholeList } from '../scale/console-run.ts';

export type Environment = Readonly<Record<string, string>>;
export type Window = { readonly columns: number; readonly rows: number };

export const usualWindow: Window = { columns: 80, rows: 24 };

/** The console before a list of services that has come whole, as long as `act` takes. */
export async function beforeServices<T>(
  nacos: Crowded,
  env: Environment,
  window: Window,
  act: (at: TerminalSession) => Promise<T>,
): Promise<T> {
  const at = openTerminal(process.execPath, [program, '--server', nacos.url], { env, ...window });
  try {
    await listCame(at, wholeList(nacos));
    return await act(at);
  } finally {
    at.kill();
    await at.exited;
  }
}

const triesMax = 5;
const tooLate = /did not answer within/;

/** A busy machine may be too late with an answer; then it is asked again, as a person would. */
async function listCame(at: TerminalSession, whole: RegExp): Promise<void> {
  const either = new RegExp(`(?:${whole.source})|(?:${tooLate.source})`);
  for (let tries = 1; tries < triesMax; tries += 1) {
    const screen = await at.until(either);
    if (whole.test(screen)) return;
    process.stderr.write(`not answered in time, asked again (${tries}): ${tooLateLine(screen)}\n`);
    at.press('r');
    await at.until(new RegExp(`^(?![^]*${tooLate.source})`));
  }
  await at.until(whole);
}

function tooLateLine(screen: string): string {
  return (
    screen
      .split('\n')
      .find((line) => tooLate.test(line))
      ?.trim() ?? ''
  );
}
