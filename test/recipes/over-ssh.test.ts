import { readFileSync, readlinkSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SshServer, startSshServer, whyNoSshd } from '../terminal/ssh-server.ts';
import { type RecipeStage, setRecipeStage } from './recipe-stage.ts';

let stage: RecipeStage;
let sshd: SshServer | undefined;
const why = whyNoSshd();
if (why !== undefined) console.log(`recipes over ssh are not tried: ${why}`);
beforeAll(async () => {
  stage = await setRecipeStage();
  if (why === undefined) sshd = await startSshServer(stage.env['PATH']);
});
afterAll(async () => {
  sshd?.end();
  await stage.end();
});

/** Rolls the three of `orders` with the recipe's command; the ports that were restarted meanwhile, in their order. */
async function rolled(
  recipe: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const directory = stage.place(recipe);
  writeFileSync(join(directory, 'ssh_config'), sshd?.config ?? '');
  writeFileSync(join(stage.srv, 'restarted'), '');
  const rollback = recipe === 'symlink' ? ' --rollback symlink/rollback.sh' : '';
  const line = `nacos-rollout run --service orders --order ip --drain 1s --deploy ${recipe}/redeploy.sh${rollback} --yes`;
  const { code, stdout, stderr } = await stage.run(line, more);
  expect([code, stdout, stderr]).toEqual([0, stdout, stderr]);
  return readFileSync(join(stage.srv, 'restarted'), 'utf8').trim().split('\n');
}

const three = [
  expect.stringMatching(/^\d+$/),
  expect.stringMatching(/^\d+$/),
  expect.stringMatching(/^\d+$/),
];

test('over ssh to a systemd unit', async ({ skip }) => {
  if (why !== undefined) return skip(why);
  expect(await rolled('ssh')).toEqual(three);
  expect(readFileSync(join(stage.srv, 'orders', 'orders.jar'), 'utf8')).toBe('version 2');
});

test('a directory by rsync, and a restart', async ({ skip }) => {
  if (why !== undefined) return skip(why);
  if ((await stage.run('command -v rsync')).code !== 0) {
    console.log('not tried: there is no rsync on this machine');
    return skip('no rsync');
  }
  writeFileSync(join(stage.home, 'build', 'more.properties'), 'a=1');
  expect(await rolled('rsync')).toEqual(three);
  expect(readFileSync(join(stage.srv, 'orders', 'more.properties'), 'utf8')).toBe('a=1');
});

test('a jar behind a symlink, and back', async ({ skip }) => {
  if (why !== undefined) return skip(why);
  const orders = join(stage.srv, 'orders');
  const old = join(orders, 'releases', '1.9');
  mkdirSync(old, { recursive: true });
  symlinkSync(old, join(orders, 'current'));
  expect(await rolled('symlink', { VERSION: '2.1' })).toEqual(three);
  expect(readFileSync(join(orders, 'current', 'orders.jar'), 'utf8')).toBe('version 2');
  expect(readlinkSync(join(orders, 'previous'))).toBe(old);
  const [port = ''] = readFileSync(join(stage.srv, 'restarted'), 'utf8').split('\n');
  const target = { NACOS_ROLLOUT_IP: '127.0.0.1', NACOS_ROLLOUT_PORT: port };
  const back = await stage.run('symlink/rollback.sh', target);
  expect([back.code, back.stderr, readlinkSync(join(orders, 'current'))]).toEqual([0, back.stderr, old]);
});
