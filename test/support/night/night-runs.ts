import { expect } from 'vitest';
import { runProgram } from '../../program/program-process.ts';
import { openProgram } from '../../terminal/demo-console.ts';
import { until } from '../time/until.ts';
import type { NightPlace } from './night-place.ts';

const words = ['run', '-f', 'plan.yaml'];

/** Runs the night as a pipeline does: it ends at the gate with the command that goes on, which a second person types. */
export async function headlessNight({ fleet, env }: NightPlace): Promise<void> {
  const first = await runProgram([...words, '--yes', '--json'], env, fleet.directory);
  expect(first.code, first.stderr).toBe(3);
  const [, typed = ''] = /^Go on beyond it: \S+ \S+ (resume .*)$/m.exec(first.stderr) ?? [];
  const second = await runProgram([...typed.split(' '), '--json'], env, fleet.directory);
  expect(second.code, second.stderr).toBe(0);
}

/** Begins it at one terminal, and carries it on in the console at another, where a key passes the gate. */
export async function nightInConsole(place: NightPlace): Promise<void> {
  const options = { env: place.env, cwd: place.fleet.directory };
  const beginner = openProgram(words, options);
  const sessions = [beginner];
  try {
    await beginner.until('Type yes');
    beginner.press('yes', 'enter');
    await until(() => place.journal().some(({ type }) => type === 'disable-began'));
    const at = openProgram([], options);
    sessions.push(at);
    await at.until('1 rollout has not ended');
    await at.until(/c carry on/);
    await at.pressUntil('c', /Take it over|Carry on with/);
    at.press('y');
    await at.until(/look at the\s+dashboards/);
    beginner.kill();
    await beginner.exited;
    await at.pressUntil('G', 'Go on beyond this gate?');
    at.press('y');
    await at.until('DONE: every target is through');
    at.press('q');
    expect(await at.exited).toBe(0);
  } finally {
    for (const session of sessions) session.kill();
  }
}
