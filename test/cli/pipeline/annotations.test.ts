import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { jsonWithoutCommand, withoutCommand } from '../../../src/cli/io/no-command.ts';
import { instance } from '../support/fake-registry.ts';
import { disableFailed, runOrders, stageOrders, target } from '../support/orders-stage.ts';
import { server } from '../support/stage.ts';

const drained: Fact = { type: 'drain-began', target, attempt: 1, totalMs: 2000 };
const second: Fact = { ...drained, target: '10.0.0.2:8080' };
const rested: Fact = { type: 'runner-rested', why: 'stuck', exitCode: 1 };

async function printed(
  env: Record<string, string>,
  flags: readonly string[],
  facts: readonly Fact[],
): Promise<{ out: string; err: string }> {
  const { stage, launcher } = stageOrders();
  stage.env = env;
  const running = stage.run(...runOrders, '--yes', ...flags);
  await launcher.followed;
  launcher.tell(...facts);
  return running;
}

const lines = (text: string): readonly string[] => text.trimEnd().split('\n').slice(2);

test.each([
  [{ GITHUB_ACTIONS: 'true' }, []],
  [{}, ['--annotations', 'github']],
])('GitHub, by %j and %j: groups that fold, and what failed outside of them', async (env, flags) => {
  const { out } = await printed(env, flags, [drained, second, ...disableFailed, rested]);
  const why =
    "disable failed: Nacos has no Raft leader, so it takes no changes (x): mend the cluster first; see each server's naming-raft log.";
  expect(lines(out)).toEqual([
    '::group::batch 1 of 2: 10.0.0.1:8080',
    `20:00:00Z  ${target}  draining for 2 s`,
    '::endgroup::',
    '::group::batch 2 of 2: 10.0.0.2:8080',
    '20:00:00Z  10.0.0.2:8080  draining for 2 s',
    '::endgroup::',
    '::group::batch 1 of 2: 10.0.0.1:8080',
    `20:00:00Z  ${target}  disable began`,
    '::endgroup::',
    `20:00:00Z  ${target}  ${why}`,
    `::error title=nacos-rollout 7f3a::20:00:00Z  ${target}  ${why}`,
    '20:00:00Z  The rollout stands still: a step failed and nobody can be asked.',
    '::error title=nacos-rollout 7f3a::20:00:00Z  The rollout stands still: a step failed and nobody can be asked.',
  ]);
});

test('a deploy command that failed is an error, one that ended well is none', async () => {
  const ended = (code: number): Fact => ({
    type: 'deploy-ended',
    target,
    attempt: 1,
    ms: 5,
    result: { kind: 'exited', code },
  });
  const { out } = await printed({ GITHUB_ACTIONS: 'true' }, [], [ended(0), ended(7), rested]);
  expect(lines(out).filter((line) => line.startsWith('::error'))).toEqual([
    `::error title=nacos-rollout 7f3a::20:00:00Z  ${target}  deploy ended after 5 ms: it ended with exit code 7`,
    '::error title=nacos-rollout 7f3a::20:00:00Z  The rollout stands still: a step failed and nobody can be asked.',
  ]);
});

test('GitLab: sections with a name and seconds of their own', async () => {
  const { out } = await printed({ GITLAB_CI: 'true' }, [], [drained, second, rested]);
  const seconds = Date.parse('2026-11-21T20:00:00.000Z') / 1000;
  expect(lines(out)).toEqual([
    `section_start:${seconds}:nacos_rollout_1\r\u001B[0Kbatch 1 of 2: 10.0.0.1:8080`,
    `20:00:00Z  ${target}  draining for 2 s`,
    `section_end:${seconds}:nacos_rollout_1\r\u001B[0K`,
    `section_start:${seconds}:nacos_rollout_2\r\u001B[0Kbatch 2 of 2: 10.0.0.2:8080`,
    '20:00:00Z  10.0.0.2:8080  draining for 2 s',
    `section_end:${seconds}:nacos_rollout_2\r\u001B[0K`,
    '20:00:00Z  The rollout stands still: a step failed and nobody can be asked.',
  ]);
});

test.each([
  [{}, []],
  [{ GITHUB_ACTIONS: 'false', GITLAB_CI: '1' }, []],
  [{ GITHUB_ACTIONS: 'true' }, ['--annotations', 'none']],
  [{ GITLAB_CI: 'true' }, ['--annotations', 'none']],
  [{ GITHUB_ACTIONS: 'true' }, ['--json']],
  [{ GITLAB_CI: 'true' }, ['--json']],
])('with %j and %j there is none', async (env, flags) => {
  const { out } = await printed(env, flags, [drained, ...disableFailed, rested]);
  expect(out).not.toMatch(/^(::|section_)/m);
});

/** What GitHub's runner takes for a command: its first form at the beginning of a line, its older one anywhere. */
const commands = (text: string): readonly string[] =>
  text.split(/\r\n|\r|\n/).filter((line) => /^\s*::[^:]/.test(line) || line.includes('##['));

const hostile = [
  '::error::owned',
  '##[error]owned',
  'a%0A::error::owned',
  'a\n::set-env name=PATH::/tmp',
  'a,title=x::y',
  '\u001B[0Ksection_end:1:x\r\u001B[0K',
] as const;

test.each(hostile)('a service called %j gives GitHub no command', async (name) => {
  const { stage, launcher } = stageOrders();
  stage.env = { GITHUB_ACTIONS: 'true' };
  stage.registry.list = [instance(name, '10.0.0.1', 8080), instance(name, '10.0.0.2', 8080)];
  const typed = runOrders.map((word) => (word === 'orders' ? `DEFAULT_GROUP@@${name}` : word));
  const running = stage.run(...typed, '--yes');
  await launcher.followed;
  launcher.tell(
    {
      type: 'step-failed',
      target,
      step: 'disable',
      attempt: 1,
      ms: 1,
      why: { kind: 'refused', refusals: [{ kind: 'last-one', service: name }] },
    },
    rested,
  );
  const { out, err } = await running;
  const told = commands(`${out}\n${err}`);
  expect(told).toHaveLength(2);
  for (const line of told) {
    expect(line).toMatch(/^::error title=nacos-rollout 7f3a::20:00:00Z {2}/);
    expect(line).not.toContain('##[');
  }
  expect(commands((await stage.run('services', ...server)).out)).toEqual([]);
  expect(commands((await stage.run('instances', `DEFAULT_GROUP@@${name}`, ...server)).out)).toEqual([]);
});

test('JSON is the same to who parses it, and no command', async () => {
  const json = JSON.stringify({ service: '##[error]x', list: ['a##[b'] });
  expect(JSON.parse(jsonWithoutCommand(json))).toEqual(JSON.parse(json));
  expect(jsonWithoutCommand(json)).not.toContain('##[');
  const { stage } = stageOrders();
  stage.env = { GITHUB_ACTIONS: 'true' };
  stage.registry.list = [instance('##[error]x', '10.0.0.1', 8080)];
  const { out } = await stage.run('services', ...server, '--json');
  expect(out).not.toContain('##[');
  expect(JSON.parse(out)).toMatchObject([{ service: '##[error]x' }]);
});

test('a line that is no command is as it was', () => {
  for (const line of ['a::b', ' : :x', '2001:db8::1', '#[x]', '']) expect(withoutCommand(line)).toBe(line);
  expect(withoutCommand('  ::error::x')).toBe('  : :error::x');
});

test('a section of GitLab is begun by nobody else', async () => {
  const { stage, launcher } = stageOrders();
  const [, , , , , name] = hostile;
  stage.env = { GITLAB_CI: 'true' };
  stage.registry.list = [instance(name, '10.0.0.1', 8080), instance(name, '10.0.0.2', 8080)];
  const typed = runOrders.map((word) => (word === 'orders' ? `DEFAULT_GROUP@@${name}` : word));
  const running = stage.run(...typed, '--yes');
  await launcher.followed;
  launcher.tell(drained, rested);
  const { out, err } = await running;
  // A marker ends so, and nothing else does.
  expect(`${out}${err}`.split('\r\u001B[0K')).toHaveLength(3);
});
