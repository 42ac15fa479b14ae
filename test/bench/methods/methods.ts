import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Event } from '../../../src/core/event/event.ts';
import { runProgram } from '../../live/rollouts/program.ts';
import { endWithUs } from '../stage/end-with-us.ts';

/** What each method is given: the seconds that the script waits, or the flags of our drain. */
const methods = {
  restart: { script: 'none' },
  'script-3s': { script: '3' },
  'script-40s': { script: '40' },
  'ours-timer': { flags: [] },
  'ours-actuator': { flags: ['--evidence', 'actuator:http://{ip}:{port}/actuator'] },
  'ours-connections': { flags: ['--evidence', 'connections'] },
} as const;

export type Method = keyof typeof methods;
export const methodNames = Object.keys(methods) as readonly Method[];

/** When a write of the method was accepted by Nacos, by the wall clock. */
export type Mark = { readonly port: number; readonly at: number; readonly isOn: boolean };

export type MethodPlace = {
  /** The address of Nacos. */
  readonly url: string;
  readonly service: string;
  readonly ports: readonly number[];
  /** `POST {redeploy}/{port}` redeploys an instance. */
  readonly redeploy: string;
  readonly directory: string;
};

export type MethodEnd = {
  readonly code: number | null;
  readonly marks: readonly Mark[];
  /** What it said where it failed. */
  readonly words: string;
  /** Of our program: its journal. */
  readonly events: readonly Event[];
};

/** What we wait at least after a disable where there is evidence, as the program does unless told otherwise. */
export const floorOf = (method: Method): number =>
  method === 'ours-actuator' || method === 'ours-connections' ? 5_000 : 0;

/** Rolls all instances, one by one, to the end. */
export async function carryOut(method: Method, place: MethodPlace): Promise<MethodEnd> {
  const how = methods[method];
  return 'script' in how ? await byScript(how.script, place) : await byProgram(how.flags, place);
}

async function byScript(seconds: string, { url, service, redeploy, ports }: MethodPlace): Promise<MethodEnd> {
  const words = [url, service, redeploy, seconds, ...ports.map(String)];
  // A group of its own: its sleep ends with it.
  const child = spawn(join(import.meta.dirname, 'script.sh'), words, {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const forget = endWithUs(child.pid);
  const marks: Mark[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [what, port] = line.split(' ');
    marks.push({ port: Number(port), at: Date.now(), isOn: what === 'on' });
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  forget();
  return { code, marks, words: '', events: [] };
}

async function byProgram(flags: readonly string[], place: MethodPlace): Promise<MethodEnd> {
  const { url, service, redeploy, directory } = place;
  const words = ['run', '--server', url, '--service', service, '--drain', 'spring-cloud', ...flags];
  const check = 'http://{ip}:{port}/actuator/health';
  const deploy = `curl -fsS -X POST ${redeploy}/$NACOS_ROLLOUT_PORT`;
  const marks: Mark[] = [];
  let forget = (): void => undefined;
  const { code, events, stderr } = await runProgram(
    [...words, '--check', check, '--deploy', deploy, '--yes'],
    {
      directory,
      home: join(directory, 'home'),
      heard: (event) => {
        // The runner is a process of its own, and would outlive whoever follows it.
        if (event.type === 'runner-started') forget = endWithUs(event.pid);
        if (event.type !== 'write-ended' || event.outcome !== 'accepted') return;
        if (event.purpose !== 'disable' && event.purpose !== 'enable') return;
        const port = Number(event.target.split(':').at(-1));
        marks.push({ port, at: Date.parse(event.at), isOn: event.enabled });
      },
    },
  );
  forget();
  return { code, marks, words: stderr, events };
}
