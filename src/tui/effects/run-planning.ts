import {
  type Call,
  type Plan,
  type Registration,
  registrationId,
  touchedServices,
} from '../../core/plan/plan.ts';
import { fillPlaceholders } from '../../core/plan/placeholders.ts';
import { settleInstances } from '../../core/planning/settle-instances.ts';
import { defaultGroup } from '../../core/registry/service.ts';
import { planFrom } from '../../runner/review/read-plan.ts';
import type { InstanceWrite, Registry, RequestText } from '../../world/registry.ts';
import { consumerLines } from './consumer-lines.ts';
import type { UiEffect } from '../model/effect.ts';
import type { Problem } from '../model/notice.ts';
import type { Session } from './session.ts';
import { fullName, serviceNamed } from '../../core/registry/service-name.ts';

type PlanningEffect = Extract<
  UiEffect,
  { kind: 'make-plan' | 'review' | 'list-requests' | 'read-consumers' | 'save-plan' }
>;

/** A plan is made, reviewed, listed as requests, or saved. */
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
      const { requestNotes: notes } = session.words.screens;
      const trials = connected.spec.isReadOnly ? [] : trialsOf(effect.plan, connected.registry);
      const lines = [
        ...trials.map((request) => `# ${notes.trial}: ${ports.curlOf(request)}`),
        `# ${notes.lease}`,
        ...requestsOf(effect.plan, connected.registry).map((request) => ports.curlOf(request)),
      ];
      session.dispatch({ type: 'requests-listed', lines });
      return;
    }
    case 'read-consumers': {
      const lines = await consumerLines(session.words, connected.registry, effect.plan);
      session.dispatch({ type: 'consumers-read', lines });
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
  { connected, dispatch, ports }: Session,
  { draft, file, namespace, overrides, language }: UiEffect & { kind: 'make-plan' },
): Promise<void> {
  if (connected === undefined) return;
  const obstacle = await ports.launcher.obstacle('real');
  if (obstacle !== undefined)
    return dispatch({
      type: 'plan-made',
      draft,
      outcome: { problem: { kind: 'launch', problem: obstacle } },
    });
  // Somebody may have edited it since it was read; where that changes the draft, another plan is asked for.
  const list = file.profile === undefined ? undefined : await ports.profiles.list();
  if (list?.ok === false) {
    const problem: Problem = { kind: 'sentence', sentence: list.sentence };
    return dispatch({ type: 'plan-made', draft, outcome: { problem } });
  }
  if (list !== undefined) dispatch({ type: 'profiles-read', outcome: { value: list.entries } });
  const home = { namespace, group: defaultGroup };
  const made = await planFrom(file, connected.registry, {
    ...home,
    // Those of a profile are as they were typed.
    isTyped: true,
    // Read from a finding, where a name alone is that of the default group.
    overrides: overrides.map((name) => fullName(serviceNamed(name, home))),
  });
  if (made.ok) {
    const { notes } = made;
    const { notify } = made.plan;
    const plan = notify === undefined ? made.plan : { ...made.plan, notify: { language, ...notify } };
    // As the command line prints it: with the instances, and what was found beside them.
    const value = { file: settleInstances(made.file, plan, home, made.listed), plan, notes };
    return dispatch({ type: 'plan-made', draft, outcome: { value } });
  }
  const problem: Problem =
    made.problem.kind === 'registry'
      ? { kind: 'registry', error: made.problem.error }
      : { kind: 'plan', problem: made.problem };
  dispatch({ type: 'plan-made', draft, outcome: { problem } });
}

/** What the review has sent to find out whether we may write. */
function trialsOf(plan: Plan, registry: Registry): readonly RequestText[] {
  return touchedServices(plan).flatMap((one) => registry.trialOf?.(registrationId(one)) ?? []);
}

/** What a run without trouble sends that is not only read: off in order, on in reverse. */
function requestsOf(plan: Plan, registry: Registry): readonly RequestText[] {
  return plan.targets.flatMap(({ registrations, leave, back }) => {
    const own = registrations.filter((registration) => registration.wasEnabled);
    const [main] = own;
    const write = (each: Registration, enabled: boolean): RequestText =>
      registry.requestOf(writeOf(each, enabled));
    return [
      ...(leave?.isInstead === true ? [] : own.map((each) => write(each, false))),
      ...callOf(leave?.call, main),
      ...callOf(back, main),
      ...own.toReversed().map((each) => write(each, true)),
    ];
  });
}

/** A command is no request; the review shows it. */
function callOf(call: Call | undefined, main: Registration | undefined): readonly RequestText[] {
  if (call === undefined || main === undefined || !('url' in call)) return [];
  return [{ method: call.method, url: fillPlaceholders(call.url, main, 'url'), hasToken: false }];
}

function writeOf(registration: Registration, enabled: boolean): InstanceWrite {
  const { weight } = registration;
  return { instance: registrationId(registration), enabled, weight, mode: 'registered' };
}
