import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  chmodSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDirectory } from '../../support/new-directory.ts';
import {
  type SandboxProcess,
  program,
  startSandboxProcess,
} from '../../support/processes/sandbox-process.ts';
import { type TerminalSession, openTerminal } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';
import { runProgram } from '../program-process.ts';

/** What a shell makes of it when it is evaluated is a file; so it must stay a name. */
const hostile = `evil $(touch pwned1) \`touch pwned2\` "q" 'a' ;touch pwned3 & * ! {a,b} ~ \\ z`;
const provider = 'providers:com.acme.Orders:1.0.0:';

const solo = ['disable', 'solo', '--instance', '10.9.9.9:8081'];
const soloJoined = ['disable', 'solo', '--instance=10.9.9.9:8081'];

let sandbox: SandboxProcess;
const home = newDirectory('completion');
const bin = join(home, 'bin');
const typed = join(home, 'typed');
const answered = join(home, 'answered');
let env: Record<string, string> = {};

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  for (const name of ['solo', hostile, 'with\nnewline', 'with\u001bescape']) await register(name);
  mkdirSync(bin);
  // Completes with the real program, and keeps the words that it is otherwise run with.
  writeFileSync(
    join(bin, 'nacos-rollout'),
    `#!/bin/sh\ncase $1 in completion) exec '${process.execPath}' '${program}' "$@";; __complete) '${process.execPath}' '${program}' "$@"; code=$?; echo >>'${answered}'; exit $code;; esac\nprintf '%s\\0' "$@" >'${typed}.new'; mv '${typed}.new' '${typed}'\n`,
  );
  chmodSync(join(bin, 'nacos-rollout'), 0o755);
  env = { ...sandbox.env, HOME: home, PATH: `${bin}:${process.env['PATH'] ?? ''}`, XDG_CACHE_HOME: home };
  await runProgram(['profile', 'add', 'prod', '--server', sandbox.demo.nacos], env);
});
afterAll(() => sandbox.end());

async function register(serviceName: string): Promise<void> {
  const query = new URLSearchParams({ serviceName, ip: '10.9.9.9', port: '8081', ephemeral: 'false' });
  const answer = await fetch(`${sandbox.demo.nacos}/nacos/v1/ns/instance?${query.toString()}`, {
    method: 'POST',
  });
  expect(answer.status).toBe(200);
}

const shells = {
  bash: { start: ['--norc', '--noprofile', '-i'], load: 'source <(nacos-rollout completion bash)' },
  zsh: {
    start: ['-f', '-i'],
    load: 'autoload -U compinit; compinit -u -D; source <(nacos-rollout completion zsh)',
  },
  fish: { start: ['--no-config', '-i'], load: 'nacos-rollout completion fish | source' },
} as const;
type Shell = keyof typeof shells;

const clear = '\x0c';

/** How often it was asked what may come next, and has answered. */
const answers = (): number => (existsSync(answered) ? statSync(answered).size : 0);

/** A prompt that no line typed here has in it. */
async function openShell(shell: Shell): Promise<TerminalSession> {
  const { start, load } = shells[shell];
  const at = openTerminal(shell, start, { columns: 300, rows: 50, cwd: home, env });
  const prompt = shell === 'fish' ? "function fish_prompt; echo -n 'READY''> '; end" : "PS1='READY''> '";
  at.press(prompt, 'enter');
  await at.until(/READY>\s*$/);
  at.press(load, 'enter');
  await at.until(/(READY>[^]*){2}$/);
  return at;
}

/** What a line is run with, after a tab at its end has brought this onto the screen. */
async function completed(at: TerminalSession, line: string, shown: string | RegExp): Promise<string[]> {
  const before = existsSync(typed) ? statSync(typed).ino : 0;
  // What the line before has left on the screen would be taken for this one's.
  at.press(clear);
  await at.until(/^READY>$/);
  at.press(line);
  // Names that come later than a second are offered at the next tab: a machine may be busy.
  for (let time = 1, isShown = false; !isShown; time += 1) {
    const count = answers();
    at.press('tab');
    // While it is still being asked another tab would go to what it shows.
    const lateMs = performance.now() + 30_000;
    await until(() => answers() > count || performance.now() > lateMs);
    isShown = await at.until(shown, time * 5000).then(
      () => true,
      () => time > 4,
    );
  }
  at.press('enter');
  await until(() => existsSync(typed) && statSync(typed).ino !== before);
  return readFileSync(typed, 'utf8').split('\0').slice(0, -1);
}

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  if (!isThere) console.log(`not tried: ${shell} is not on this machine`);

  test.skipIf(!isThere)('offers commands, flags and what is there now', async () => {
    const at = await openShell(shell);
    try {
      const cases: readonly (readonly [string, RegExp | string, readonly string[]])[] = [
        ['nacos-rollout insta', '> nacos-rollout instances', ['instances']],
        ['nacos-rollout run --dry', '--dry-run', ['run', '--dry-run']],
        ['nacos-rollout run --drain=spr', '=spring-cloud', ['run', '--drain=spring-cloud']],
        ['nacos-rollout --profile pr', '--profile prod', ['--profile', 'prod']],
        ['nacos-rollout instances DUBBO_GROUP@@pro', '1.0.0', ['instances', `DUBBO_GROUP@@${provider}`]],
        ['nacos-rollout disable solo --instance 10.9', ':8081', solo],
        ['nacos-rollout disable solo --instance 10.9.9.9:8', ':8081', solo],
        ['nacos-rollout disable solo --instance=10.9.9.9:8', ':8081', soloJoined],
      ];
      for (const [line, shown, words] of cases) expect(await completed(at, line, shown)).toEqual(words);
    } finally {
      at.kill();
    }
  });

  test.skipIf(!isThere)(
    'types a hostile name as the one word that it is, and evaluates none of it',
    async () => {
      const at = await openShell(shell);
      try {
        for (const begun of ['evil', "'evil", '"evil', '--service=evil'])
          expect(
            await completed(
              at,
              `nacos-rollout run ${begun.startsWith('-') ? '' : '--service '}${begun}`,
              /pwned3[^]*z['"]?\s*$/,
            ),
          ).toEqual(begun.startsWith('-') ? ['run', `--service=${hostile}`] : ['run', '--service', hostile]);
        at.press('nacos-rollout instances with', 'tab', 'tab');
        at.press('x', 'enter');
        await until(() => readFileSync(typed, 'utf8') === 'instances\0withx\0');
        expect(readdirSync(home).filter((name) => name.startsWith('pwned'))).toEqual([]);
      } finally {
        at.kill();
      }
    },
  );
});
