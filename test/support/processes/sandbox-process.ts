import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Event } from '../../../src/core/event/event.ts';
import { selfSpawner } from '../../../src/sandbox/demo/child.ts';
import { type Demo, openDemo } from '../../../src/sandbox/demo/open-demo.ts';
import type { SandboxKind } from '../../../src/sandbox/registry/registry-state.ts';
import { newDirectory } from '../new-directory.ts';
import { killNow, runnersOf } from './runners.ts';

export const program = resolve(import.meta.dirname, '../../../dist/nacos-rollout.mjs');

/** The built program's sandbox with its services, and directories of its own for configuration and state. */
export type SandboxProcess = {
  readonly demo: Demo;
  readonly env: Readonly<Record<string, string>>;
  readonly stateRoot: string;
  /** Ends it, and the runners that work on its state directory. */
  end(): Promise<void>;
};

export async function startSandboxProcess(kind: SandboxKind = '2.x'): Promise<SandboxProcess> {
  const { PATH, HOME } = process.env;
  const opened = await openDemo(selfSpawner([process.execPath, program], { PATH, HOME }), {
    kind,
    bootMs: 500,
  });
  if (!opened.ok) throw new Error(opened.error);
  const directory = newDirectory('test');
  const env = {
    XDG_STATE_HOME: join(directory, 'state'),
    XDG_CONFIG_HOME: join(directory, 'config'),
    NACOS_ROLLOUT_SERVER: opened.demo.nacos,
  };
  return {
    demo: opened.demo,
    env,
    stateRoot: join(env.XDG_STATE_HOME, 'nacos-rollout'),
    end: async () => {
      // A runner that keeps an instance out stays longer than whoever started it.
      for (const pid of runnersOf(env.XDG_STATE_HOME)) killNow(pid);
      await opened.demo.end();
    },
  };
}

/** What the journal of the only rollout says so far. */
export function onlyJournal(sandbox: Pick<SandboxProcess, 'stateRoot'>): readonly Event[] {
  const rollouts = join(sandbox.stateRoot, 'rollouts');
  try {
    const [id = ''] = readdirSync(rollouts);
    const text = readFileSync(join(rollouts, id, 'journal.jsonl'), 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n'));
    return whole.split('\n').map((line) => JSON.parse(line) as Event);
  } catch {
    return [];
  }
}
