import type { Origin } from '../../core/plan-origin/origins.ts';
import type { PlanOriginWords } from '../en/plan-origin.ts';

export const planOrigin: PlanOriginWords = {
  head: { service: '服务', setting: '设置', value: '值', origin: '来源' },
  from: (origin, profile, line) =>
    `${origin === 'profile' || origin === 'profile-service' ? `配置档案 ${profile}` : origins[origin]}${origin === 'profile-service' ? ' 的服务设置' : ''}${line === undefined ? '' : `，第 ${line} 行`}`,
};

const origins: Readonly<Record<Origin, string>> = {
  'built-in': '内置',
  profile: '配置档案',
  'profile-service': '配置档案',
  environment: '环境变量',
  defaults: '计划的 defaults',
  plan: '计划',
  service: '服务条目',
  flag: '命令行选项',
};
