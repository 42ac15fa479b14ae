import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SshServer, startSshServer, whyNoSshd } from '../terminal/ssh-server.ts';
import { type RecipeStage, setRecipeStage } from './recipe-stage.ts';

let stage: RecipeStage;
let sshd: SshServer | undefined;
const why = whyNoSshd();
beforeAll(async () => {
  stage = await setRecipeStage();
  const engine = (await stage.run('timeout 10 docker info')).code === 0;
  console.error(
    `docker is a stand-in that restarts the process: ${engine ? 'the engine of this machine is left alone' : 'there is no engine on this machine'}`,
  );
  const docker = join(stage.home, 'bin', 'docker');
  const line = `compose -p orders-$PORT -f ${stage.srv}/orders/compose.yaml up -d --no-deps --pull always --force-recreate orders`;
  writeFileSync(
    docker,
    `#!/bin/sh -eu\ntest "$*" = "${line}"\necho "$IP $VERSION" >>'${stage.srv}/said'\nsystemctl restart "orders@$PORT"\n`,
  );
  chmodSync(docker, 0o755);
  if (why === undefined) sshd = await startSshServer(stage.env['PATH']);
});
afterAll(async () => {
  sshd?.end();
  await stage.end();
});

test('a container by Docker Compose', async ({ skip }) => {
  if (why !== undefined) {
    console.error(`not tried: ${why}`);
    return skip(why);
  }
  const directory = stage.place('compose');
  writeFileSync(join(directory, 'ssh_config'), sshd?.config ?? '');
  const line = 'nacos-rollout run --service orders --drain 1s --deploy compose/redeploy.sh --yes';
  const { code, stdout, stderr } = await stage.run(line, { VERSION: '2.1' });
  expect([code, stdout, stderr]).toEqual([0, stdout, stderr]);
  const read = (name: string): readonly string[] =>
    readFileSync(join(stage.srv, name), 'utf8').trim().split('\n');
  expect(new Set(read('restarted')).size).toBe(3);
  expect(read('said')).toEqual(Array.from({ length: 3 }, () => '127.0.0.1 2.1'));
});

test('the file of Docker Compose is one', async ({ skip }) => {
  if ((await stage.run('docker-compose version')).code !== 0) {
    console.error('not tried: there is no docker-compose on this machine');
    return skip('no docker-compose');
  }
  const file = join(import.meta.dirname, 'compose', 'compose.yaml');
  const set = { IP: '10.0.0.1', PORT: '8080', VERSION: '2.1' };
  const { code, stderr } = await stage.run(`docker-compose -f '${file}' config -q`, set);
  expect([code, stderr]).toEqual([0, '']);
});
