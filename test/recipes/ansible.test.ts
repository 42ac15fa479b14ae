import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedAt } from '../program/kill-place.ts';
import { type RecipeStage, setRecipeStage } from './recipe-stage.ts';

let stage: RecipeStage;
let path = '';
/** Without ssh: the hosts of the tests are this machine. */
let local: Readonly<Record<string, string>> = {};
beforeAll(async () => {
  stage = await setRecipeStage();
  // ANSIBLE_VENV: where `pip install ansible-core` put it.
  const { ANSIBLE_VENV } = process.env;
  const python = ANSIBLE_VENV === undefined ? 'auto_silent' : join(ANSIBLE_VENV, 'bin', 'python3');
  local = { ANSIBLE_TRANSPORT: 'local', ANSIBLE_PYTHON_INTERPRETER: python };
  path = [...(ANSIBLE_VENV === undefined ? [] : [join(ANSIBLE_VENV, 'bin')]), stage.env['PATH']].join(
    delimiter,
  );
});
afterAll(() => stage.end());

async function why(): Promise<string | undefined> {
  const { code } = await stage.run('ansible-playbook --version', { PATH: path });
  if (code === 0) return undefined;
  console.log(
    'not tried: there is no ansible-playbook on this machine (ANSIBLE_VENV names a venv with ansible-core)',
  );
  return 'no ansible';
}

test('our deploy command calls a playbook', async ({ skip }) => {
  const reason = await why();
  if (reason !== undefined) return skip(reason);
  stage.place('ansible');
  writeFileSync(join(stage.srv, 'restarted'), '');
  const line = 'nacos-rollout run --service orders --drain 1s --deploy ansible/redeploy.sh --yes';
  const { code, stdout, stderr } = await stage.run(line, { PATH: path, ...local });
  expect([code, stdout, stderr]).toEqual([0, stdout, stderr]);
  expect(readFileSync(join(stage.srv, 'restarted'), 'utf8').trim().split('\n')).toHaveLength(3);
  expect(readFileSync(join(stage.srv, 'orders', 'orders.jar'), 'utf8')).toBe('version 2');
});

test('a playbook calls us, a host at a time', async ({ skip }) => {
  const reason = await why();
  if (reason !== undefined) return skip(reason);
  stage.place('ansible');
  const listed = await listedAt(stage.sandbox.demo.nacos, 'orders');
  const hosts = listed.map(({ ip, port }, at) => `orders-${at} instance=${ip}:${port}`);
  writeFileSync(join(stage.home, 'hosts'), ['[orders]', ...hosts, ''].join('\n'));
  writeFileSync(join(stage.srv, 'restarted'), '');
  const { code, stdout, stderr } = await stage.run('ansible-playbook -i hosts ansible/site.yaml', {
    PATH: path,
    ...local,
  });
  expect([code, stdout, stderr]).toEqual([0, stdout, stderr]);
  const restarted = readFileSync(join(stage.srv, 'restarted'), 'utf8').trim().split('\n');
  expect(restarted).toEqual(listed.map(({ port }) => String(port)));
  const after = await listedAt(stage.sandbox.demo.nacos, 'orders');
  expect(after.map(({ enabled }) => enabled)).toEqual([true, true, true]);
});
