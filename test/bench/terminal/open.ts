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
    await at.until(wholeList(nacos));
    return await act(at);
  } finally {
    at.kill();
    await at.exited;
  }
}
