import { expect, test } from 'vitest';
import { notifyFileSchema, notifyOf } from '../../../src/core/notify/notify-file.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { firstIssue } from '../../../src/core/text/first-issue.ts';

test('receivers are named by kind, and hear of what wants a person unless they name it', () => {
  const file = notifyFileSchema.parse([
    { webhook: 'https://ci.example/hook', on: ['finished'] },
    { dingtalk: { url: 'env:DING', secret: 'file:/run/ding' } },
    { dingtalk: 'command:pass ding' },
  ]);
  const usual = ['paused', 'failed', 'stopped', 'finished'];
  expect(notifyOf(file, 'zh-CN')).toEqual({
    language: 'zh-CN',
    to: [
      { name: 'webhook', kind: 'webhook', url: 'https://ci.example/hook', on: ['finished'] },
      { name: 'dingtalk', kind: 'dingtalk', url: 'env:DING', secret: 'file:/run/ding', on: usual },
      { name: 'dingtalk 2', kind: 'dingtalk', url: 'command:pass ding', on: usual },
    ],
  });
});

const token = 'b1946ac92492d2347c6235b4d2611184';

test.each([
  [{ dingtalk: `https://oapi.dingtalk.com/robot/send?access_token=${token}` }, 'never literally'],
  [{ dingtalk: { url: 'env:URL', secret: token } }, 'never literally'],
  [{ feishu: `https://open.feishu.cn/open-apis/bot/v2/hook/${token}` }, 'never literally'],
  [{ wecom: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${token}` }, 'never literally'],
  [{ slack: `https://hooks.slack.com/services/T1/B1/${token}` }, 'never literally'],
  [{ webhook: `https://hooks.slack.com/services/T1/B1/${token}` }, 'where it holds a login or a token'],
  [{ webhook: `https://ci.example/hook?token=${token}` }, 'where it holds a login or a token'],
  [{ webhook: `https://me:${token}@ci.example/hook` }, 'where it holds a login or a token'],
  [{ on: ['finished'] }, 'an entry names one receiver: webhook, dingtalk, feishu, wecom, slack'],
  [{ slack: 'env:A', wecom: 'env:B' }, 'an entry names one receiver'],
  [{ slack: 'env:A', on: ['ended'] }, 'write started or paused'],
  [{ teams: 'env:A' }, 'there is no key teams'],
])('what is wrong with %j is said without what is secret', (entry, right) => {
  const parsed = planFileSchema.safeParse({
    version: 1,
    stages: [{ services: [{ service: 'orders' }] }],
    notify: [entry],
  });
  const said = parsed.error === undefined ? '' : firstIssue(parsed.error);
  expect(said).toContain('notify[0]');
  expect(said).toContain(right);
  expect(said).not.toContain(token);
});
