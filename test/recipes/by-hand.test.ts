import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { listedAt } from '../program/kill-place.ts';
import { until } from '../support/time/until.ts';
import { type RecipeStage, setRecipeStage } from './recipe-stage.ts';

let stage: RecipeStage;
beforeAll(async () => {
  stage = await setRecipeStage();
});
afterAll(() => stage.end());

const root = join(import.meta.dirname, '..', '..');
const textOf = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

/** The lines below the first one and its remarks. */
const loop = textOf('script/roll.sh').split('\n').slice(2).join('\n').trim();

async function run(script: string): Promise<{ code: number | null; stderr: string }> {
  writeFileSync(join(stage.home, 'roll.sh'), script);
  return stage.run('sh -u ./roll.sh');
}

test('the loop of a script: each is off, redeployed and on in turn, and the first failure ends it', async () => {
  const { nacos, dir } = stage.sandbox.demo;
  const shops = async () => listedAt(nacos, 'shop');
  const before = await shops();
  const all = before.map(({ ip, port }) => `${ip}:${port}`).join(' ');
  const script = loop
    .replace('service=orders', 'service=shop')
    .replace('10.0.0.5:8080 10.0.0.6:8080', all)
    .replace('--wait 40s', '--wait 1s');
  const redeploy = (line: string): void =>
    writeFileSync(join(stage.home, 'redeploy.sh'), `#!/bin/sh -eu\n${line}\n`, { mode: 0o755 });
  redeploy(`NACOS_ROLLOUT_INSTANCE=$1 exec '${dir}/redeploy.sh'`);
  const done = await run(script);
  expect([done.code, done.stderr]).toEqual([0, done.stderr]);
  const after = await shops();
  expect(after.map(({ enabled }) => enabled)).toEqual(before.map(() => true));
  // `--restarted` waited for the new one, or it would have been said.
  expect(done.stderr).not.toContain('restarted');
  redeploy('exit 7');
  expect((await run(script)).code).toBe(7);
  expect((await shops()).filter(({ enabled }) => !enabled)).toHaveLength(1);
});

test('a pod whose application leaves by itself is asked to, and gone', async ({ skip }) => {
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (own === undefined) {
    console.log('not tried: this machine has no address but loopback');
    return skip('no address');
  }
  const { nacos } = stage.sandbox.demo;
  const asked: string[] = [];
  const application = createServer((request, response) => {
    // Whatever else is on this machine may come upon a port that was free.
    if (request.url !== '/api/nacos/deregister') return void response.writeHead(404).end();
    asked.push(`${request.method} ${request.url}`);
    void fetch(`${nacos}/nacos/v1/ns/instance?${instance().toString()}`, { method: 'DELETE' }).then(() =>
      response.end(),
    );
  });
  await new Promise<void>((resolve) => application.listen(0, resolve));
  const { port } = application.address() as AddressInfo;
  const instance = () =>
    new URLSearchParams({ serviceName: 'orders', ip: own, port: String(port), ephemeral: 'false' });
  const isListed = async (): Promise<boolean> =>
    (await listedAt(nacos, 'orders')).some((one) => one.ip === own && one.port === port);
  try {
    await fetch(`${nacos}/nacos/v1/ns/instance?${instance().toString()}`, { method: 'POST' });
    await until(isListed);
    type Pod = { spec: { containers: { lifecycle: { preStop: { exec: { command: string[] } } } }[] } };
    const [container] = (parse(textOf('kubernetes/pod-leave.yaml')) as Pod).spec.containers;
    const [, , line = ''] = container?.lifecycle.preStop.exec.command ?? [];
    const stopped = await stage.run(line.replaceAll('8080', String(port)).replace('--wait 25s', '--wait 1s'));
    expect([stopped.code, stopped.stderr]).toEqual([0, stopped.stderr]);
    expect(stopped.stderr).toContain('has left');
    expect(asked).toEqual(['GET /api/nacos/deregister']);
    expect(await isListed()).toBe(false);
  } finally {
    application.close();
  }
});

test.each(['README', 'README.zh-CN'])('%s shows them as they are', (name) => {
  const text = readFileSync(join(root, `${name}.md`), 'utf8');
  const plain = (lines: string): string => lines.replaceAll(/ +#.*$/gm, '').trim();
  const shown = [...text.matchAll(/^```(?:sh|yaml)\n([^]*?)^```/gm)].map(([, block = '']) => plain(block));
  expect(shown).toContain(plain(loop));
  expect(shown).toContain(plain(textOf('kubernetes/pod-leave.yaml').split('\n').slice(3).join('\n')));
});
