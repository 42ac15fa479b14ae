import type { PlanChange } from '../../core/plan-diff/plan-changes.ts';
import { program } from '../../core/text/program.ts';
import type { PlanDiffWords } from '../en/plan-diff.ts';
import { type Sayings, say } from '../grammar/say.ts';

export const planDiff: PlanDiffWords = {
  change: (change) => say(changes, change),
  nothing: (name) => `自 ${name} 生成以来没有任何变化。`,
  companionsUnknown: (sentence) => `无法比较伴随注册。${sentence}`,
};

const changes: Sayings<PlanChange> = {
  'service-gone': ({ service }) => `- ${service} 已不存在：此命名空间中没有这个服务。`,
  'not-kept': ({ service }) =>
    `? 计划中没有记下 ${service} 当时的情况：${program} plan -f 文件 会连同它一起输出。`,
  came: ({ service, instance, isRolled }) =>
    `+ ${service} 新增了 ${instance}${isRolled ? '' : '，它不在计划中'}。`,
  gone: ({ service, instance, isRolled }) =>
    `- ${service} 的 ${instance} 已不存在${isRolled ? '，而计划中有它' : ''}。`,
  switched: ({ service, instance, isOn }) =>
    `~ ${service} 的 ${instance} ${isOn ? '现已上线，当时是下线的' : '现已下线，当时是在线的'}。`,
  weight: ({ service, instance, before, now }) =>
    `~ ${service} 的 ${instance} 权重现为 ${now}，当时为 ${before}。`,
  version: ({ service, instance, before, now }) =>
    `~ ${service} 的 ${instance} ${versionText('现', now)}，${versionText('当时', before)}。`,
  companions: ({ service, instance, came, gone }) =>
    `~ 与 ${service} 的 ${instance} 一起的注册有变：${[
      ...(came.length > 0 ? [`新增：${came.join('、')}`] : []),
      ...(gone.length > 0 ? [`已不存在：${gone.join('、')}`] : []),
    ].join('；')}。`,
};

function versionText(when: string, version: string): string {
  return version === '' ? `${when}没有版本` : `${when}为版本 ${version}`;
}
