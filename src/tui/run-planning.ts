import { type Plan, type Registration, registrationId } from '../core/plan.ts';
import { defaultGroup } from '../core/service.ts';
import { planFrom } from '../runner/read-plan.ts';
import type { InstanceWrite } from '../world/registry.ts';
import type { UiEffect } from './effect.ts';
import type { Problem } from './notice.ts';
import type { Session } from './session.ts';

type PlanningEffect = Extract<UiEffect, { kind: 'make-plan' | 'review' | 'list-requests' | 'save-plan' }>;

export async function planningEffect(session: Session, effect: PlanningEffect): Promise<void> {
  const { ports, connected } = session;
  if (connected === undefined) return;
  switch (effect.kind) {
    case 'make-plan':
      return makePlan(session, effect);
    case 'review': {
      const review = await ports.review(effect.plan, connected);
      session.dispatch({ type: 'reviewed', plan: effect.plan, review });
      return;
    }
    case 'list-requests': {
      const lines = writesOf(effect.plan).map((write) => ports.curlOf(connected.registry.requestOf(write)));
      session.dispatch({ type: 'requests-listed', lines });
      return;
    }
    case 'save-plan': {
      const saved = await ports.savePlan(effect.file);
      const outcome = saved.ok
        ? { value: saved.path }
        : { problem: { kind: 'sentence', sentence: saved.sentence } as const };
      session.dispatch({ type: 'plan-saved', outcome });
      return;
    }
  }
}

async function makePlan(
  { connected, dispatch }: Session,
  { file, namespace, overrides }: UiEffect & { kind: 'make-plan' },
): Promise<void> {
  if (connected === undefined) return;
  const made = await planFrom(file, connected.registry, { namespace, group: defaultGroup, overrides });
  if (made.ok) {
    const { plan, notes } = made;
    return dispatch({ type: 'plan-made', outcome: { value: { file, plan, notes } } });
  }
  const problem: Problem =
    made.problem.kind === 'registry'
      ? { kind: 'registry', error: made.problem.error }
      : { kind: 'plan', problem: made.problem };
  dispatch({ type: 'plan-made', outcome: { problem } });
}

/** What a run without trouble writes: off in order, on in reverse. */
function writesOf(plan: Plan): readonly InstanceWrite[] {
  return plan.targets.flatMap(({ registrations }) => {
    const own = registrations.filter((registration) => registration.wasEnabled);
    return [
      ...own.map((each) => writeOf(each, false)),
      ...own.toReversed().map((each) => writeOf(each, true)),
    ];
  });
}

function writeOf(registration: Registration, enabled: boolean): InstanceWrite {
  const { weight, metadata } = registration;
  return { instance: registrationId(registration), enabled, weight, metadata, mode: 'registered' };
}
