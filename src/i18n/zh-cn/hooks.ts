import { type HookStep, hookKeys } from '../../core/hooks/hook-step.ts';
import { commandText } from '../../core/text/command-text.ts';
import type * as en from '../en/hooks.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const hookNames: Readonly<Record<HookStep, string>> = {
  'before-target': '钩子 beforeTarget',
  'after-disable': '钩子 afterDisable',
  'after-target': '钩子 afterTarget',
};

export const retriesText: typeof en.retriesText = ({ retries, waitMs = 0 }) =>
  retries === undefined ? '' : `，失败后重试 ${retries} 次，每次间隔 ${time(waitMs)}`;

export const occasionText: typeof en.occasionText = (key, command) =>
  `${key}：${commandText(command)}（最多 ${time(command.timeoutMs)}${retriesText(command)}）`;

export const hookText: typeof en.hookText = (step, hook) => {
  const onFailure = hook.onFailure === 'ask' ? '' : `；onFailure: ${hook.onFailure}`;
  return `${hookKeys[step]}：${commandText(hook)}（最多 ${time(hook.timeoutMs)}${retriesText(hook)}${onFailure}）`;
};
