import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseReceiver } from '../../src/core/notify/notify-line.ts';
import { done, runOrders, stageOrders } from './support/orders-stage.ts';
import { newDirectory } from '../support/new-directory.ts';
import { type Stage, server, setStage } from './support/stage.ts';

const groups = ['--notify', 'dingtalk:env:DING secret:env:SIGN', '--notify', 'slack:env:SLACK on:failed'];
const kept = [{ dingtalk: { url: 'env:DING', secret: 'env:SIGN' } }, { slack: 'env:SLACK', on: ['failed'] }];

function written(more: string): string {
  const path = join(newDirectory('profile-notify'), 'plan.yaml');
  writeFileSync(
    path,
    `version: 1\n${more}stages: [{ services: [{ service: orders, deploy: { run: ./redeploy.sh } }] }]\n`,
  );
  return path;
}

async function withProfile(stage: Stage, ...flags: string[]): Promise<void> {
  expect((await stage.run('profile', 'add', 'prod', ...server, ...flags)).code).toBe(0);
}

async function planned(...argv: string[]) {
  const { stage } = stageOrders();
  await withProfile(stage, ...groups);
  const { code, out, err } = await stage.run('plan', '--profile', 'prod', ...argv);
  return { code, notify: parse(out).notify, err };
}

test.each([
  ['wecom:file:/run/url', { wecom: 'file:/run/url' }],
  [
    'feishu:env:F secret:command:pass f on:failed,stopped',
    { feishu: { url: 'env:F', secret: 'command:pass f' }, on: ['failed', 'stopped'] },
  ],
  ['slack:command:pass show slack', { slack: 'command:pass show slack' }],
  ['webhook:https://ci.example/hook on:finished', { webhook: 'https://ci.example/hook', on: ['finished'] }],
  ['dingtalk:https://oapi.dingtalk.com/robot/send?access_token=b1946ac92492d2347c62', undefined],
  ['slack:env:A secret:env:B', undefined],
  ['slack:env:A on:ended', undefined],
  ['teams:env:A', undefined],
  ['slack', undefined],
  ['', undefined],
])('a receiver typed as %s is %j', (text, entry) => {
  expect(parseReceiver(text)).toEqual(entry);
});

test('a profile says once who is told, and shows it', async () => {
  const stage = setStage();
  await withProfile(stage, ...groups, '--batch', '2');
  const shown = async () => parse((await stage.run('profile', 'show', 'prod')).out).prod.defaults;
  expect(await shown()).toEqual({ batch: 2, notify: kept });
  await stage.run('profile', 'edit', 'prod', '--batch', '3');
  expect(await shown()).toEqual({ batch: 3, notify: kept });
  await stage.run('profile', 'edit', 'prod', '--notify', 'none');
  expect(await shown()).toEqual({ batch: 3 });
});

test('a plan that says nothing of it tells those of the profile; its own replace them, and none is nobody', async () => {
  const { notify, err } = await planned('-f', written(''));
  expect(notify).toEqual(kept);
  expect(err).toContain('notify   slack: failed\n');
  expect((await planned('-f', written('notify: [{ wecom: env:W }]\n'))).notify).toEqual([{ wecom: 'env:W' }]);
  const nobody = await planned('-f', written('notify: []\n'));
  expect(nobody).toMatchObject({ code: 0, notify: [] });
  expect(nobody.err).not.toContain('notify ');
  expect((await planned('--service', 'orders', '--deploy', 'x')).notify).toEqual(kept);
  expect((await planned('--service', 'orders', '--deploy', 'x', '--notify', 'none')).notify).toEqual([]);
});

test('the rollout is told whom to tell, in the language of the profile', async () => {
  const { stage, launcher } = stageOrders();
  await withProfile(stage, ...groups);
  const { profiles } = stage.ports;
  const read = profiles.read();
  const prod = read.ok ? read.value.profiles['prod'] : undefined;
  if (prod === undefined) throw new Error('no profile');
  profiles.save('prod', { ...prod, defaults: { ...prod.defaults, language: 'zh-CN' } });
  const running = stage.run(
    ...runOrders.filter((word) => !server.some((one) => one === word)),
    '--profile',
    'prod',
    '--yes',
  );
  await launcher.followed;
  launcher.tell(done);
  launcher.end();
  expect((await running).code).toBe(0);
  expect(launcher.requests[0]?.plan.notify).toMatchObject({
    language: 'zh-CN',
    to: [{ name: 'dingtalk' }, { name: 'slack', on: ['failed'] }],
  });
});

test('what a one-shot command keeps for later tells nobody', async () => {
  const { stage } = stageOrders();
  await withProfile(stage, ...groups);
  const plans: unknown[] = [];
  const { launcher } = stage.ports;
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...launcher,
      noteSwitch: async (note) => {
        plans.push(note);
        return { ok: true, by: 'ann', record: () => undefined, close: () => undefined };
      },
    },
  };
  await stage.run('disable', 'orders', '--instance', '10.0.0.1:8080', '--profile', 'prod');
  expect(plans).toHaveLength(1);
  expect(JSON.stringify(plans)).not.toContain('DING');
});

test('plan show says who says it', async () => {
  const stage = setStage();
  await withProfile(stage, ...groups);
  const origin = async (...argv: string[]) => {
    const { out } = await stage.run('plan', 'show', '--json', '--profile', 'prod', ...argv);
    return JSON.parse(out).find(({ setting }: { setting: string }) => setting === 'notify');
  };
  const value = '[{ dingtalk: { url: env:DING, secret: env:SIGN } }, { slack: env:SLACK, on: [failed] }]';
  expect(await origin('-f', written(''))).toMatchObject({ value, origin: 'profile' });
  expect(await origin('-f', written('notify: []\n'))).toMatchObject({ value: '[]', origin: 'plan', line: 2 });
  const flags = ['--service', 'orders', '--notify', 'slack:env:S'];
  expect(await origin(...flags)).toMatchObject({ value: '[{ slack: env:S }]', origin: 'flag' });
});

test.each([
  [['--notify', 'slack:https://hooks.slack.com/x'], '--notify slack:https://hooks.slack.com/x is not right'],
  [
    ['--service', 'orders', '--notify', 'slack:env:S'],
    '--notify is about a whole rollout, not about one service',
  ],
])('profile edit with %j is one sentence', async (flags, sentence) => {
  const stage = setStage();
  await withProfile(stage);
  const { code, err } = await stage.run('profile', 'edit', 'prod', ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('a receiver that is none is no run either', async () => {
  const { stage, launcher } = stageOrders();
  const { code, err } = await stage.run(...runOrders, '--yes', '--notify', 'slack:https://hooks.slack.com/x');
  expect(code).toBe(2);
  expect(err).toContain('--notify slack:https://hooks.slack.com/x is not right');
  expect(launcher.requests).toEqual([]);
});
