import { PassThrough, Writable } from 'node:stream';
import type { CommandPorts } from '../../../src/cli/io/command-ports.ts';
import { runProgram } from '../../../src/cli/program.ts';
import type { ConnectionSpec } from '../../../src/core/registry/connection-spec.ts';
import { openProfileStore } from '../../../src/profiles/store.ts';
import type { Reading } from '../../../src/core/event/failure.ts';
import { type Check, callText } from '../../../src/core/plan/plan.ts';
import type { Connected, Launcher } from '../../../src/runner/ports/face-ports.ts';
import type { Review } from '../../../src/runner/review/review.ts';
import { editingWith } from '../../../src/wiring/commands/edit-files.ts';
import { readText } from '../../../src/wiring/text-files.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { type FakeRegistry, fakeRegistry } from './fake-registry.ts';

export type Stage = {
  registry: FakeRegistry;
  clock: ReturnType<typeof virtualClock>;
  ports: CommandPorts;
  env: Record<string, string | undefined>;
  isTerminal: boolean;
  /** Set: takes what is printed, instead of remembering it. */
  stdout: Writable | undefined;
  /** What is typed, all at once. */
  typed: string;
  /** What standard input is, from its beginning to its end. */
  piped: string | undefined;
  specs: ConnectionSpec[];
  findings: Review['findings'];
  /** What a check measures. */
  probed: (check: Check) => Reading;
  /** What an application answers that is asked to leave or to come back. */
  answered: (call: string) => Reading;
  /** Files, by path. */
  written: Map<string, string>;
  interrupt(): void;
  run(...argv: string[]): Promise<{ code: number; out: string; err: string }>;
};

export const server = ['--server', '127.0.0.1'] as const;

export function noLauncher(): Launcher {
  const none = async () => ({ ok: false as const, problem: { kind: 'no-such-rollout' as const, id: 'x' } });
  return {
    obstacle: async () => undefined,
    start: none,
    attach: none,
    resume: none,
    abandon: async () => undefined,
    all: async () => ({ rollouts: [], unreadable: [] }),
    read: none,
    noteSwitch: async () => ({
      ok: true,
      by: 'ann@bastion',
      record: () => undefined,
      close: () => undefined,
    }),
    settleSwitch: async () => undefined,
  };
}

/** The program with everything outside made up. */
export function setStage(list: Parameters<typeof fakeRegistry>[0] = []): Stage {
  const registry = fakeRegistry(list);
  const clock = virtualClock();
  const listeners = new Set<() => void>();
  const connectedTo = (spec: ConnectionSpec): Connected => ({
    spec,
    registry,
    reached: { ...spec, product: 'nacos', version: '2.2.4' },
  });
  const ports: CommandPorts = {
    clock,
    who: 'ann@bastion',
    connect: async (spec) => {
      stage.specs.push(spec);
      return registry.readError === undefined
        ? { ok: true, value: connectedTo(spec) }
        : { ok: false, error: registry.readError };
    },
    review: async (plan) => ({ plan, nodes: registry.nodeAddresses, findings: stage.findings }),
    launcher: noLauncher(),
    readTail: async () => undefined,
    profiles: openProfileStore(newDirectory('cli')),
    openConsole: async () => 0,
    openDemo: async () => 0,
    holderOf: () => undefined,
    ownAddresses: () => ['10.0.0.1', 'fe80::1'],
    probeFor: () => async (check) => stage.probed(check),
    askerFor: () => async (call) => stage.answered(callText(call)),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    editing: editingWith(process.env),
    readText: (from) => readText(from, clock),
    writeText: async (path, text) => {
      stage.written.set(path, text);
      return { ok: true };
    },
    rewriteText: async (path, text) => {
      stage.written.set(path, text);
      return { ok: true };
    },
    doctor: {
      locks: () => [],
      releaseDeadLocks: () => 0,
      stateSeen: () => ({ path: '/state', mode: '700', isOpenToOthers: false, obstacle: undefined }),
      terminalSize: () => undefined,
      clockDifference: async () => 0,
      mend: async () => ({ ok: true, mended: [] }),
    },
    curlOf: ({ method, url }) => `curl -X ${method} '${url}'`,
  };
  const stage: Stage = {
    registry,
    clock,
    ports,
    env: {},
    isTerminal: false,
    stdout: undefined,
    typed: '',
    piped: undefined,
    specs: [],
    findings: [],
    written: new Map(),
    probed: () => ({ kind: 'good', ms: 1 }),
    answered: () => ({ kind: 'good', ms: 1 }),
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    run: async (...argv) => {
      const stdin = Object.assign(new PassThrough(), { isTTY: stage.isTerminal });
      if (stage.typed !== '') stdin.write(stage.typed);
      if (stage.piped !== undefined) stdin.end(stage.piped);
      const out = sink();
      const err = sink();
      const code = await runProgram({
        argv,
        env: stage.env,
        stdin,
        stdout: stage.stdout ?? out.stream,
        stderr: err.stream,
        isTerminal: stage.isTerminal,
        version: '1.2.3',
        openPorts: async () => stage.ports,
        licences: () => ({ ok: false, missing: '/LICENSE' }),
      });
      return { code, out: out.text(), err: err.text() };
    },
  };
  return stage;
}

function sink(): { stream: Writable; text(): string } {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString('utf8');
      done();
    },
  });
  return { stream, text: () => text };
}
