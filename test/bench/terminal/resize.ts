import { rowOf } from '../../support/terminal/emulator.ts';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import type { Crowded } from '../scale/crowded.ts';
import { type Environment, type Window, beforeServices, usualWindow } from './open.ts';

const windows: readonly Window[] = [
  { columns: 120, rows: 40 },
  { columns: 60, rows: 15 },
  { columns: 200, rows: 60 },
  usualWindow,
];
const patienceMs = 10_000;

/** How many rows of the screen are not what a console shows that was opened at that size. */
export async function rowsLeft(nacos: Crowded, env: Environment): Promise<number> {
  return await beforeServices(nacos, env, usualWindow, async (at) => {
    let most = 0;
    for (const window of windows) {
      // As a person drags a corner: there and back before anybody has looked.
      for (const columns of [window.columns - 1, 30, window.columns + 9, window.columns])
        at.resize(columns, window.rows);
      at.resize(window.columns, window.rows);
      const rows = await beforeServices(nacos, env, window, (fresh) => differing(at, fresh));
      if (rows.length > 0) process.stderr.write(`at ${window.columns}×${window.rows}: ${rows.join('\n')}\n`);
      most = Math.max(most, rows.length);
    }
    return most;
  });
}

function rowsAt({ terminal }: TerminalSession): readonly string[] {
  return Array.from({ length: terminal.rows }, (_, row) => rowOf(terminal, row));
}

/** Nothing that is left goes by itself; what is still on its way has this long to come. */
async function differing(at: TerminalSession, fresh: TerminalSession): Promise<readonly string[]> {
  const rows = (): readonly string[] => {
    const wanted = rowsAt(fresh);
    return rowsAt(at).filter((row, index) => row !== wanted[index]);
  };
  const endMs = performance.now() + patienceMs;
  while (rows().length > 0 && performance.now() < endMs)
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  return rows();
}
