import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import { type SandboxProcess, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import { scriptedServer } from '../support/servers/scripted-server.ts';
import { runProgram } from './program-process.ts';
import { skipSaying } from '../support/skip-saying.ts';

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.end());

const secrets = {
  SH_PASSWORD: 'shanghai-1f9c',
  BJ_PASSWORD: 'beijing-77ca',
  BJ_VAULT: 'vault-e05d',
  DING_SECRET: 'SEC-20ab91',
};
const hookToken = 'hook-b1946ac92492';

const profiles = (server: string): object => ({
  current: 'shanghai',
  profiles: {
    shanghai: { servers: [server], username: 'ops', passwordFrom: 'env:SH_PASSWORD' },
    beijing: { servers: ['http://10.9.9.9:8848'], username: 'ops', passwordFrom: 'env:BJ_PASSWORD' },
    tianjin: {
      servers: ['http://10.9.9.8:8848'],
      username: 'ops',
      passwordFrom: 'command:vault -t "$BJ_VAULT"',
    },
  },
});

/** Every file below a directory, as one text. */
function textBelow(directory: string): string {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

const why = process.platform === 'linux' ? undefined : 'only Linux has /proc/PID/environ';

test.skipIf(skipSaying(why))(
  'no secret of any profile is in the environment or the words of a command, in a file or in what is said',
  async () => {
    const directory = newDirectory('secrets');
    const hook = await scriptedServer(() => ({ body: { errcode: 0 } }));
    onTestFinished(() => hook.close());
    const config = sandbox.env['XDG_CONFIG_HOME'] ?? '';
    mkdirSync(join(config, 'nacos-rollout'), { recursive: true, mode: 0o700 });
    writeFileSync(
      join(config, 'nacos-rollout', 'profiles.json'),
      JSON.stringify(profiles(sandbox.demo.nacos)),
      { mode: 0o600 },
    );
    // What a command finds of itself, and of whatever else runs on the machine that it may look at.
    const look = join(directory, 'look.sh');
    writeFileSync(
      look,
      `#!/bin/sh\n{ echo "step $1"; tr '\\0' '\\n' </proc/$$/environ; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'; } >>'${directory}/seen' 2>/dev/null\n`,
    );
    chmodSync(look, 0o755);
    const plan = join(directory, 'plan.json');
    const redeploy = join(sandbox.demo.dir, 'redeploy.sh');
    const service = {
      version: 1,
      defaults: {
        drain: {
          time: '1s',
          floor: '1s',
          ceiling: '2s',
          evidence: [{ command: `${look} evidence; echo 5` }],
        },
        leave: { run: `${look} leave` },
        deploy: { run: `${look} deploy; ${redeploy}`, timeout: '1m' },
        check: { run: `${look} check`, successes: 1, within: '1m' },
        minimum: 1,
      },
      stages: [{ services: [{ service: 'orders' }] }],
      notify: [
        { dingtalk: { url: 'env:DING_URL', secret: 'env:DING_SECRET' } },
        { webhook: 'env:HOOK_URL', on: ['finished'] },
      ],
    };
    writeFileSync(plan, JSON.stringify(service));
    const { NACOS_ROLLOUT_SERVER: _server, ...env } = sandbox.env;
    const words = ['run', '--profile', 'shanghai', '-f', plan, '--yes', '--json'];
    const { code, stdout, stderr } = await runProgram(
      words,
      {
        ...env,
        ...secrets,
        DING_URL: `${hook.url}/robot/send?access_token=${hookToken}`,
        HOOK_URL: `${hook.url}/${hookToken}`,
        MARK: 'marked',
      },
      directory,
    );
    expect(code, stderr).toBe(0);
    const seen = readFileSync(join(directory, 'seen'), 'utf8');
    for (const step of ['evidence', 'leave', 'deploy', 'check']) expect(seen).toContain(`step ${step}\n`);
    expect(seen).toContain('MARK=marked');
    expect(seen).toContain('__runner');
    expect(stdout.split('"notification-sent"')).toHaveLength(3);
    const state = textBelow(sandbox.stateRoot);
    expect(state).toContain('"rollout-ended"');
    expect(hook.requests.map(({ path }) => path).toSorted()).toEqual([`/${hookToken}`, '/robot/send']);
    for (const secret of [...Object.values(secrets), hookToken])
      for (const [where, text] of Object.entries({ seen, state, stdout, stderr }))
        expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
  },
);
