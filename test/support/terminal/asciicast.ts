import type { TerminalSession } from './terminal.ts';

export type CastEvent = readonly [seconds: number, code: 'o', data: string];
export type Cast = {
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  readonly events: readonly CastEvent[];
};

/** What a session writes, with its time. Its clock goes on by a while at each key, so that a person can read what was there. */
export function recorded(
  session: TerminalSession,
  readMs = 1500,
): { session: TerminalSession; events: () => readonly CastEvent[] } {
  const began = performance.now();
  const events: CastEvent[] = [];
  let read = 0;
  session.onData((data) => {
    events.push([Math.round(performance.now() - began + read) / 1000, 'o', data]);
  });
  const press: TerminalSession['press'] = (...typed) => {
    read += readMs;
    session.press(...typed);
  };
  return { session: { ...session, press }, events: () => [...events] };
}

/** The recording as asciicast v2, which every player knows. */
export function asciicast({ columns, rows, title, events }: Cast): string {
  const header = { version: 2, width: columns, height: rows, title, env: { TERM: 'xterm-256color' } };
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}
