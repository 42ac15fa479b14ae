import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
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
  const deploy = join(stage.sandbox.demo.dir, 'redeploy.sh');
  const line = `nacos-rollout plan --service shop --drain 1s --deploy '${deploy}' > plan.yaml`;
  expect((await stage.run(line)).code).toBe(0);
});
afterAll(() => stage.end());

const textOf = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

async function runSteps(steps: readonly string[]): Promise<void> {
  expect(steps.length).toBeGreaterThan(1);
  for (const step of steps) {
    const { code, stdout, stderr } = await stage.run(step);
    expect([step, code, stdout, stderr]).toEqual([step, 0, stdout, stderr]);
  }
  expect(readFileSync(join(stage.home, 'rollout.xml'), 'utf8')).toContain('<testsuite');
  expect(readFileSync(join(stage.home, 'ticket.md'), 'utf8')).toContain('shop');
  writeFileSync(join(stage.home, 'rollout.xml'), '');
}

test('the steps of a workflow as GitHub runs them', async () => {
  const { jobs } = parse(textOf('pipelines/github.yaml')) as {
    jobs: { rollout: { steps: { run: string }[] } };
  };
  await runSteps(jobs.rollout.steps.map(({ run }) => run));
});

test('the steps of a Jenkinsfile', async () => {
  await runSteps(
    [...textOf('pipelines/Jenkinsfile').matchAll(/\bsh '([^']+)'/g)].map(([, step = '']) => step),
  );
});

test('the hooks of a pod: off before it stops, on again once it answers', async ({ skip }) => {
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (own === undefined) {
    console.log('not tried: this machine has no address but loopback');
    return skip('no address');
  }
  const { nacos } = stage.sandbox.demo;
  const server = spawn(process.execPath, [
    '-e',
    `require('net').createServer((socket) => socket.end()).listen(0, '${own}', function () { console.log(this.address().port) })`,
  ]);
  try {
    const port = await new Promise<string>((resolve) => {
      server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    });
    const instance = new URLSearchParams({ serviceName: 'orders', ip: own, port, ephemeral: 'false' });
    await fetch(`${nacos}/nacos/v1/ns/instance?${instance.toString()}`, { method: 'POST' });
    const isOn = async (): Promise<boolean | undefined> =>
      (await listedAt(nacos, 'orders')).find(({ ip }) => ip === own)?.enabled;
    await until(async () => (await isOn()) === true);
    type Hook = { exec: { command: string[] } };
    type Pod = { spec: { containers: { lifecycle: { preStop: Hook; postStart: Hook } }[] } };
    const [container] = (parse(textOf('kubernetes/pod.yaml')) as Pod).spec.containers;
    const hooks = container?.lifecycle;
    const stopped = await stage.run((hooks?.preStop.exec.command ?? []).join(' '));
    expect([stopped.code, stopped.stderr, await isOn()]).toEqual([0, stopped.stderr, false]);
    const [, , line = ''] = hooks?.postStart.exec.command ?? [];
    const started = await stage.run(line.replace('/proc/1/fd/1', join(stage.home, 'log')));
    expect(started.code).toBe(0);
    await until(async () => (await isOn()) === true);
  } finally {
    server.kill();
  }
});
