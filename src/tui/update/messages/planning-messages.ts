import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import { front, opened, screenOf } from '../../model/navigation.ts';
import { type Step, and, failed, noticed, stay } from '../acts/transition.ts';

type PlanningMessage = MessageOf<
  'plan-made' | 'reviewed' | 'requests-listed' | 'consumers-read' | 'report-told' | 'plan-saved'
>;

/** A plan that was made is shown as a review, unless somebody has gone elsewhere meanwhile. */
export function planningHappened(model: Model, message: PlanningMessage): Step {
  switch (message.type) {
    case 'plan-made':
      return planMade(model, message);
    case 'reviewed':
      return message.plan === model.reviewed?.plan
        ? stay({ ...model, reviewed: { ...model.reviewed, review: message.review } })
        : stay(model);
    case 'requests-listed':
      return stay(opened(model, { name: 'text', title: 'requests', lines: message.lines, cursor: 0 }));
    case 'consumers-read':
      return front(model).name === 'review' || front(model).name === 'rollout'
        ? stay(opened(model, { name: 'text', title: 'consumers', lines: message.lines, cursor: 0 }))
        : stay(model);
    case 'report-told':
      return reportTold(model, message);
    case 'plan-saved':
      return 'problem' in message.outcome
        ? stay(failed(model, message.outcome.problem))
        : stay(noticed(model, { kind: 'saved', path: message.outcome.value }));
  }
}

function reportTold(model: Model, { outcome }: MessageOf<'report-told'>): Step {
  if ('problem' in outcome) return stay(failed(model, outcome.problem));
  const { name } = front(model);
  if (name !== 'rollouts' && name !== 'rollout') return stay(model);
  return stay(opened(model, { name: 'text', title: 'report', lines: outcome.value, cursor: 0 }));
}

/** Of what was chosen or typed otherwise since then nobody sees a plan: it would be taken for one of what there is now. */
function planMade(model: Model, { draft, outcome }: MessageOf<'plan-made'>): Step {
  const isAwaited = draft === model.planned;
  const answered: Model = isAwaited ? { ...model, waitingFor: undefined } : model;
  if (draft !== model.draft) return stay(answered);
  if ('problem' in outcome) return stay(failed(answered, outcome.problem));
  const { file, plan, notes } = outcome.value;
  const screen = screenOf(model).name;
  if (screen !== 'order' && screen !== 'review') return stay(answered);
  const made: Model = { ...answered, reviewed: { file, plan, notes } };
  const shown = screen === 'review' ? made : opened(made, { name: 'review', cursor: 0 });
  return and(shown, { kind: 'review', plan });
}
