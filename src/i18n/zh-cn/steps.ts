import type * as en from '../en/steps.ts';
import { hookNames } from './hooks.ts';

export const stepNames: typeof en.stepNames = {
  disable: '下线',
  drain: '排空',
  deploy: '部署',
  ...hookNames,
  check: '检查',
  enable: '上线',
  'warm-up': '预热',
  soak: '观察',
};
