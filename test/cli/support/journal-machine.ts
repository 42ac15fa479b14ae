import { join } from 'node:path';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from './fake-registry.ts';
import { type Stage, setStage } from './stage.ts';

export const dubbo = 'providers:com.acme.Orders:1.0.0:';

/** No process has it. */
export const gone = 2_147_483_600;

export type Machine = { readonly stage: Stage; readonly root: string };

/** A machine that keeps its journals in a directory; `pid` writes them. */
export function machine(root = join(newDirectory('one-shot'), 'state'), pid = process.pid): Machine {
  const stage = setStage([
    instance('orders', '10.0.0.5', 8080),
    instance('orders', '10.0.0.6', 8080),
    instance(dubbo, '10.0.0.5', 20_880, { group: 'DUBBO_GROUP' }),
    instance(dubbo, '10.0.0.6', 20_880, { group: 'DUBBO_GROUP' }),
  ]);
  return { stage: keptIn(stage, root, pid), root };
}

export function keptIn(stage: Stage, root: string, pid: number): Stage {
  const launcher = createLauncher({
    clock: stage.clock,
    state: { root, temporary: '/tmp', userId: 0 },
    pid,
    who: 'ann@bastion',
    host: 'bastion',
    workingDirectory: '/srv',
    spawnRunner: async () => ({ ok: false, problem: { kind: 'runner-failed', detail: 'none here' } }),
  });
  stage.ports = { ...stage.ports, launcher };
  return stage;
}
