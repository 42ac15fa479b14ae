import type { Fact } from '../../../src/core/event/event.ts';
import { instance } from './fake-registry.ts';
import { type ScriptedLauncher, scriptedLauncher } from './scripted-launcher.ts';
import { type Stage, server, setStage } from './stage.ts';

export const target = '10.0.0.1:8080';

/** `run` for two instances of `orders`, without `--yes`. */
export const runOrders = [
  'run',
  ...server,
  '--service',
  'orders',
  '--drain',
  '2s',
  '--deploy',
  './redeploy.sh',
] as const;

export const done: Fact = { type: 'rollout-ended', outcome: 'done', exitCode: 0 };

export const writeBegan: Fact = {
  type: 'write-began',
  target,
  registration: 0,
  enabled: false,
  weight: 5,
  purpose: 'disable',
  request: { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false },
};

/** A stage with two instances and a runner that records what it is told to. */
export function stageOrders(): { stage: Stage; launcher: ScriptedLauncher } {
  const stage = setStage([instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)]);
  const launcher = scriptedLauncher();
  stage.ports = { ...stage.ports, launcher };
  return { stage, launcher };
}

/** Its disable failed, and it waits. */
export const disableFailed: readonly Fact[] = [
  { type: 'disable-began', target, attempt: 1 },
  {
    type: 'step-failed',
    target,
    step: 'disable',
    attempt: 1,
    ms: 5,
    why: { kind: 'registry', error: { kind: 'no-leader', detail: 'x' } },
  },
];

/** Its first target was taken off, put on again and read back, and that was all of it. */
export const rolled: readonly Fact[] = [
  writeBegan,
  { type: 'read-back', target, registration: 0, nodes: [], enabled: false },
  {
    type: 'write-began',
    target,
    registration: 0,
    enabled: true,
    weight: 5,
    purpose: 'enable',
    request: { method: 'PATCH', url: 'http://127.0.0.1:8848/x', hasToken: false },
  },
  { type: 'read-back', target, registration: 0, nodes: [], enabled: true },
  { type: 'rollout-ended', outcome: 'done', exitCode: 0 },
];
