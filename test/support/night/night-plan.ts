import { stringify } from 'yaml';
import type { PlanFile } from '../../../src/core/plan/plan-file.ts';

/** Appends a line to a file in the order in which commands ran; `$…` are what each is told. */
const note = (what: string): string => `echo "${what}" >>ran.txt`;
const ofTarget = (what: string): { readonly run: string } => ({
  run: note(`${what} $NACOS_ROLLOUT_SERVICE $NACOS_ROLLOUT_IP`),
});

const hooks = { afterDisable: ofTarget('off'), afterTarget: ofTarget('after') };

/**
 * A release night: a back end, then a front end, over two zones; a canary that a second person looks at, commands around
 * targets, batches, services and stages, and two groups that are told.
 */
export function nightPlan(webhook: string): string {
  const file = {
    version: 1,
    defaults: {
      drain: { floor: '1s' },
      deploy: { run: './redeploy.sh', timeout: '1m', retries: 1, wait: '1s' },
      check: { tcp: true, successes: 2, within: '1m', changed: { metadata: 'version', to: '2' } },
      minimum: '50%',
      batch: [1, '50%', '75%', '100%'],
      drainAhead: true,
      zones: { by: 'metadata', key: 'zone', minimum: 1 },
      hooks,
    },
    gates: [
      { name: 'begin', before: 'rollout', run: note('begin') },
      { name: 'breath', between: 'stages', sleep: '1s' },
      { name: 'end', after: 'rollout', run: note('end') },
    ],
    stages: [
      {
        name: 'back end',
        gates: [{ name: 'smoke', between: 'services', soak: '1s' }],
        services: [
          {
            service: 'orders',
            // With a command before it, a target does not go ahead: it runs when it is its turn.
            hooks: { beforeTarget: ofTarget('before'), ...hooks },
            companions: [{ service: 'providers:*', group: 'DUBBO_GROUP' }],
            gates: [
              { name: 'canary', after: 1, pause: 'look at the dashboards' },
              { name: 'batch', after: 'batch', run: note('batch $NACOS_ROLLOUT_BATCH') },
            ],
          },
          { service: 'payments' },
        ],
      },
      { name: 'front end', sideBySide: true, services: [{ service: 'shop' }, { service: 'web' }] },
    ],
    on: { finish: { run: note('finish') } },
    notify: [
      { webhook, on: ['paused', 'continued', 'finished'] },
      { dingtalk: { url: 'env:NIGHT_GROUP', secret: 'env:NIGHT_SECRET' }, on: ['finished'] },
    ],
    language: 'en',
  } satisfies Written;
  return stringify(file);
}

type Written = Omit<PlanFile, 'stages'> & { readonly stages: readonly object[] };
