import type { Decision } from '../../../core/event/event-parts.ts';
import { type Rollout, mayPause, targetOf } from '../../../core/rollout/rollout.ts';
import { isWatchedOn } from '../../../core/event/failure.ts';
import { type TargetResult, isStillOn } from '../../../core/rollout/target-state.ts';
import { isSameEndpoint, serviceKey } from '../../../core/registry/service.ts';
import type { FirstOrder } from '../../model/effect.ts';
import type { Chosen } from '../../draft/draft.ts';
import { exitOf, leavingAfter } from '../../view/leaving.ts';
import * as whyNot from '../../keys/availability.ts';
import {
  calledTarget,
  crowdedTarget,
  drainingTarget,
  gateAt,
  pointedTarget,
  stuckTarget,
} from '../../keys/meant-target.ts';
import type { Model } from '../../model/model.ts';
import { heldOn } from '../../model/following.ts';
import { backTo, closed, opened, replaceFront } from '../../model/navigation.ts';
import { logPath } from '../../keys/log-path.ts';
import { detached } from './overlay-acts.ts';
import { type Step, and, stay } from './transition.ts';

const extendMs = 10_000;

export const rolloutActs = {
  'pass-gate': (model: Model): Step =>
    whyNot.mayResume(model) ? resumed(model, 'pass-gate', 'pass-gate') : decidedAtGate(model, 'pass-gate'),
  retry: (model: Model) =>
    stuckTarget(model) === undefined ? decidedAtGate(model, 'retry-gate') : decided(model, 'retry'),
  'retry-target': (model: Model) => decided(model, 'retry-target'),
  'leave-off': (model: Model) => decided(model, 'leave-off'),
  'put-on': (model: Model) => decided(model, 'put-on'),
  'take-as-done': (model: Model) => decided(model, 'take-as-done'),
  'roll-back': (model: Model) => decided(model, 'roll-back'),
  'take-new': (model: Model) => decided(model, 'take-new'),
  pause: (model: Model): Step => {
    const { following } = model;
    const held = { ...model, following: following && heldOn(following) };
    // What was asked before holds on.
    if (following?.rollout !== undefined && !mayPause(following.rollout)) return stay(held);
    return and(held, { kind: 'submit', order: { type: 'pause' } });
  },
  continue: (model: Model): Step => {
    if (whyNot.mayResume(model)) return resumed(model, 'carry-on', 'continue');
    const calmed = model.following && { ...model.following, interrupts: 0 };
    return and({ ...model, following: calmed }, { kind: 'submit', order: { type: 'continue' } });
  },
  'skip-drain': (model: Model): Step => {
    const target = drainingTarget(model)?.name;
    if (target === undefined) return stay(model);
    const effect = { kind: 'submit', order: { type: 'skip-drain', target } } as const;
    return stay(opened(model, { name: 'confirm', question: 'skip-drain', effect }));
  },
  'extend-drain': (model: Model): Step => {
    const target = drainingTarget(model)?.name;
    if (target === undefined) return stay(model);
    return and(model, { kind: 'submit', order: { type: 'extend-drain', target, byMs: extendMs } });
  },
  log: (model: Model): Step => {
    const [target, path] = [pointedTarget(model)?.name, logPath(model)];
    if (target === undefined || path === undefined) return stay(model);
    return and(opened(model, { name: 'log', target, path, cursor: Infinity }), { kind: 'read-tail', path });
  },
  callers: (model: Model): Step => {
    const target = calledTarget(model);
    return target === undefined ? stay(model) : stay(opened(model, { name: 'callers', target, cursor: 0 }));
  },
  registrations: (model: Model): Step => {
    const target = crowdedTarget(model)?.name;
    return target === undefined
      ? stay(model)
      : stay(opened(model, { name: 'registrations', target, cursor: 0 }));
  },
  requests: (model: Model): Step => {
    const lines = (model.following?.requests ?? []).map(({ wasSent, curl }) =>
      wasSent ? curl : `# ${curl}`,
    );
    return stay(opened(model, { name: 'text', title: 'requests', lines, cursor: Infinity }));
  },
  consumers: (model: Model): Step => {
    const plan = model.following?.rollout?.planned.plan;
    return plan === undefined ? stay(model) : and(model, { kind: 'read-consumers', plan });
  },
  report: (model: Model): Step => {
    const id = model.following?.id;
    return id === undefined
      ? stay(model)
      : and(model, { kind: 'read-report', id, language: model.setting.language });
  },
  abort: (model: Model): Step =>
    whyNot.mayResume(model) ? resumed(model, 'put-back', 'put-back') : stay(opened(model, { name: 'abort' })),
  detach: (model: Model): Step =>
    model.following?.mayDecide === true ? stay(opened(model, { name: 'quit' })) : detached(model),
  back: (model: Model): Step => left(model),
};

/** Another runner takes up what this one left. */
function resumed(
  model: Model,
  question: 'carry-on' | 'put-back' | 'pass-gate',
  firstOrder: NonNullable<FirstOrder>,
): Step {
  const { id, rollout } = model.following ?? {};
  if (id === undefined || rollout === undefined) return stay(model);
  const at = rollout.planned.reached;
  const effect = { kind: 'resume', id, at, password: undefined, firstOrder } as const;
  return stay(opened(model, { name: 'confirm', question, effect }));
}

function decidedAtGate(model: Model, type: 'pass-gate' | 'retry-gate'): Step {
  const gate = gateAt(model)?.gate.name;
  if (gate === undefined) return stay(model);
  const effect = { kind: 'submit', order: { type, gate } } as const;
  return stay(opened(model, { name: 'confirm', question: type, effect }));
}

function decided(model: Model, decision: Decision): Step {
  const stuck = stuckTarget(model);
  if (stuck === undefined) return stay(model);
  const { attempt } = stuck.steps[stuck.step];
  const order = { type: 'decide', target: stuck.name, decision, attempt } as const;
  const effect = { kind: 'submit', order } as const;
  const staysOn = decision === 'leave-off' && isStillOn(stuck) && !isWatchedOn(stuck.step);
  const question = staysOn ? 'leave-on' : decision;
  return stay(opened(model, { name: 'confirm', question, effect }));
}

/** A review is of what was: after a real run it goes back to what is there now. */
function behind(model: Model, isRehearsal: boolean): Model {
  const { id, rollout } = model.following ?? {};
  const isLastOffered = model.openRollouts.every((open) => open.id === id);
  // Nothing is offered any more: what came of it is in the list.
  if (model.places.at(-2)?.name === 'offer' && rollout?.ended !== undefined && isLastOffered) {
    const cursor = Math.max(
      0,
      model.rollouts.findIndex((one) => one.id === id),
    );
    return replaceFront(closed(model), { name: 'rollouts', cursor });
  }
  const instances = model.places.find((place) => place.name === 'instances');
  // Who came from the list of rollouts goes back there.
  const isListed = model.places.at(-2)?.name === 'rollouts';
  return isRehearsal || isListed || instances?.name !== 'instances'
    ? closed(model)
    : backTo(model, instances);
}

/** What a rollout has brought to an end is chosen no more; what it did not touch, or put back as it was, still is. */
function withoutRolled(model: Model, rollout: Rollout): Model {
  const touched = rollout.targets.filter(({ phase, result }) => phase === 'ended' && !isAsBefore(result));
  const rolled = touched.flatMap(({ name }) => targetOf(rollout, name).registrations);
  const isRolled = (one: Chosen): boolean =>
    rolled.some((each) => serviceKey(each) === one.service && isSameEndpoint(each, one));
  const draft = model.draft && {
    ...model.draft,
    order: model.draft.order.filter((one) => !isRolled(one)),
  };
  return {
    ...model,
    draft,
    marks: model.marks.filter((key) => !rolled.some((each) => serviceKey(each) === key)),
  };
}

function isAsBefore(result: TargetResult | undefined): boolean {
  return result === 'untouched' || result === 'put-back';
}

/** Keeps what the rollout came to, for the exit code and the last words. */
function left(model: Model): Step {
  const { following, leaving, gateway } = model;
  const isRehearsal = following?.rollout?.planned.world === 'rehearsal';
  const kept =
    following === undefined || isRehearsal ? leaving : leavingAfter(leaving, exitOf(following, gateway));
  const rolled = isRehearsal ? undefined : following?.rollout;
  const before = rolled === undefined ? model : withoutRolled(model, rolled);
  const next: Model = { ...behind(before, isRehearsal), following: undefined, leaving: kept };
  return and(next, { kind: 'close-link' }, ...(isRehearsal ? [] : [{ kind: 'read-open-rollouts' } as const]));
}
