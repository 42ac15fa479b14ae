import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { type OpenOptions, type Opened, openConsole } from './open-console.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from './scripted-link.ts';
import { planOfThree, reached } from './usual-plan.ts';

export type OpenedRollout = Opened & { readonly link: ScriptedLink; rollout(): Rollout };

export const first = '10.0.0.11:8080';
export const second = '10.0.0.12:8080';

/** The console on the rollout screen of three targets that have not begun. */
export async function openRollout(
  options: OpenOptions & {
    readonly world?: 'real' | 'rehearsal';
    readonly mayDecide?: boolean;
    readonly plan?: Plan;
  } = {},
): Promise<OpenedRollout> {
  const opened = openConsole(options);
  const link = scriptedLink(opened.clock);
  link.say(planned(options.plan ?? planOfThree(), reached, options.world));
  link.say(runnerStarted);
  await opened.clock.advance(0);
  opened.join(link, options.mayDecide ?? true);
  link.caughtUp();
  return {
    ...opened,
    link,
    rollout: () => {
      const rollout = opened.store.model().following?.rollout;
      if (rollout === undefined) throw new Error('no rollout is followed');
      return rollout;
    },
  };
}

/** Both registrations of a target are off, and it drains. */
export function disabledAndDraining(link: ScriptedLink, target: string): void {
  link.say({ type: 'disable-began', target, attempt: 1 });
  for (const registration of [0, 1]) {
    const request = { method: 'PUT', url: 'http://10.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
    const write = { target, registration, enabled: false, purpose: 'disable' } as const;
    link.say({ type: 'write-began', ...write, weight: 5, request });
    link.say({ type: 'write-ended', ...write, outcome: 'accepted', ms: 4 });
    link.say({ type: 'read-back', target, registration, enabled: false, nodes: [{ node: 'a', ms: 600 }] });
  }
  link.say({ type: 'disabled', target, attempt: 1, ms: 620 });
  link.say({ type: 'drain-began', target, attempt: 1, totalMs: 40_000 });
}

export function deployFailed(link: ScriptedLink, target: string): void {
  disabledAndDraining(link, target);
  link.say({ type: 'drain-ended', target, attempt: 1, ms: 40_000 });
  link.say({ type: 'deploy-began', target, attempt: 1, command: './redeploy.sh', directory: 'deploy-1' });
  link.say({ type: 'deploy-ended', target, attempt: 1, ms: 12_000, result: { kind: 'exited', code: 1 } });
}
