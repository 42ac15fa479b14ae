import type { StepName } from '../../core/event/failure.ts';
import { hookNames } from './hooks.ts';

/** One name for each step, wherever a sentence, a table or a report names it. */
export const stepNames: Readonly<Record<StepName, string>> = {
  disable: 'disable',
  drain: 'drain',
  deploy: 'deploy',
  ...hookNames,
  check: 'check',
  enable: 'enable',
  'warm-up': 'warm-up',
  soak: 'soak',
};
