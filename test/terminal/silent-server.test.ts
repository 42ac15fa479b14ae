import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runProgram } from '../program/program-process.ts';
import { newDirectory } from '../support/new-directory.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../support/terminal/terminal.ts';
import { openProgram, signs } from './demo-console.ts';

let sessions: TerminalSession[] = [];
let closers: (() => void)[] = [];
let env: Readonly<Record<string, string>> = {};

beforeEach(() => {
  const home = newDirectory('silent');
  env = { XDG_STATE_HOME: home, XDG_CONFIG_HOME: home };
});
afterEach(() => {
  for (const session of sessions) session.kill();
  for (const close of closers) close();
  sessions = [];
  closers = [];
});

/** Takes connections on loopback, and does with each as it is told. */
async function listening(take: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    take(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(...args: readonly string[]): TerminalSession {
  const at = openProgram(args, { env });
  sessions.push(at);
  return at;
}

/** However it is folded. */
function sentence(text: string): RegExp {
  return new RegExp(text.replaceAll('.', '\\.').split(' ').join('\\s+'));
}

test('a server that says nothing: a frame at once, seconds that count, and keys that leave', async () => {
  let taken = 0;
  const silent = await listening(() => (taken += 1));
  const at = open('--server', silent);
  const screen = await at.until(
    /Reaching Nacos[^]*Asked \d s ago, no answer yet[^]*esc goes to the profiles/,
  );
  expect(screen).toContain(silent);
  // Any second after the first: a busy machine draws not each of them.
  await at.until(/Asked [2-4] s ago[^]*has\s+said\s+nothing\s+for\s+[2-4]\s+s;\s+given\s+up\s+after\s+5\s+s/);
  expect(taken).toBe(1);
  at.press('q');
  expect(await at.exited).toBe(0);
  expect(at.raw().lastIndexOf('\x1b[?1049l')).toBeGreaterThan(at.raw().lastIndexOf('\x1b[?1049h'));
});

test('what was not reached is said, asked again, and reached; in Chinese', async () => {
  const sandbox: SandboxProcess = await startSandboxProcess();
  closers.push(() => void sandbox.end());
  const { port } = new URL(sandbox.demo.nacos);
  let isSilent = true;
  const moody = await listening((socket) => {
    if (isSilent) return;
    const there = connect(Number(port), '127.0.0.1');
    there.on('error', () => socket.destroy());
    socket.pipe(there).pipe(socket);
  });
  env = { ...env, LANG: 'zh_CN.UTF-8' };
  const at = open('--server', moody);
  await at.until('正在连接 Nacos');
  await at.until('未能连接 Nacos');
  await at.until(/在 [\d.]+ 秒内没有应答/);
  isSilent = false;
  at.press('r');
  await at.until(signs['zh-CN'].services);
});

test('of two addresses the silent one is left for the good one', async () => {
  const sandbox: SandboxProcess = await startSandboxProcess();
  closers.push(() => void sandbox.end());
  const silent = await listening(() => undefined);
  const at = open('--server', silent, '--server', sandbox.demo.nacos);
  await at.until(sentence(`given up after 5 s, then ${sandbox.demo.nacos} is asked.`));
  await at.until(signs.en.services);
});

test('what is refused at once ends as it always did', async () => {
  const at = open('--server', 'http://127.0.0.1:1');
  expect(await at.exited).toBe(6);
  expect(at.screen().replaceAll('\n', '')).toContain('Nacos cannot be reached at http://127.0.0.1:1');
});

test('without a terminal it is said on standard error after a second, and given up after one time-out', async () => {
  let asked = 0;
  const silent = await listening(() => (asked += 1));
  for (const [index, words] of [['services', '--json'], ['doctor']].entries()) {
    const { code, stdout, stderr } = await runProgram([...words, '--server', silent], env);
    expect(code).toBe(6);
    expect(stderr).toContain(`Waiting for ${silent}, which says nothing yet; given up after 5 s.`);
    expect(stdout).not.toContain('Waiting');
    // How long that takes is the machine's affair; how often it is tried is ours.
    expect(asked).toBe(index + 1);
  }
});

test.each([
  [
    'closes each connection after 3 s',
    (socket: Socket) => void setTimeout(() => socket.destroy(), 3000),
    /gave no whole answer|did not answer within [\d.]+ s/,
    2,
  ],
  [
    'answers the head and never the body',
    (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'),
    /did not answer within [\d.]+ s/,
    1,
  ],
  [
    // It would be whole after 47 s.
    'dribbles a byte a second',
    (socket: Socket) => {
      const bytes = 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'[Symbol.iterator]();
      const dribble = setInterval(() => socket.write(bytes.next().value ?? ' '), 1000);
      socket.on('close', () => clearInterval(dribble));
    },
    /did not answer within [\d.]+ s/,
    1,
  ],
])('a server that %s is given up soon', async (_kind, take, said, askedMax) => {
  let asked = 0;
  const server = await listening((socket) => {
    asked += 1;
    take(socket);
  });
  const { code, stderr } = await runProgram(['services', '--server', server], env);
  expect(code).toBe(6);
  expect(stderr).toContain(`Waiting for ${server}`);
  expect(stderr).toMatch(said);
  expect(asked).toBeLessThanOrEqual(askedMax);
});

test('Ctrl-C before the answer leaves with 130', async () => {
  const silent = await listening(() => undefined);
  const at = open('--server', silent);
  await at.until('Reaching Nacos');
  at.press('ctrl-c');
  expect(await at.exited).toBe(130);
});
