import { reachedGate } from '../../core/rollout/gate-state.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { program } from '../../core/text/program.ts';
import { visible } from '../../core/text/visible.ts';
import { wordsIn } from '../draw/words.ts';
import { isLive } from '../model/following.ts';
import { offered } from './on-offer.ts';
import { stuckTarget } from './meant-target.ts';
import type { Model } from '../model/model.ts';
import { front, screenOf } from '../model/navigation.ts';
import { putOnCommands, reportCommand } from '../view/shell-commands.ts';
import { instanceRows } from '../view/instance-rows.ts';
import { sayProblem } from '../view/say-problem.ts';
import { serviceRows } from '../view/service-rows.ts';

/** What `y` copies: the text that is read, what went wrong, the command that goes on from here, or what is pointed at. */
export function copyable(model: Model): string | undefined {
  const place = front(model);
  if (place.name === 'text') return place.lines.map(visible).join('\n') || undefined;
  if (place.name === 'log') return tailOf(model, place.path);
  const { notice } = model;
  if (notice?.kind === 'problem') return sayProblem(wordsIn(model.setting.language), notice.problem);
  const screen = screenOf(model);
  switch (screen.name) {
    case 'rollouts':
    case 'offer': {
      const offer = offered(model);
      if (offer === undefined) return undefined;
      const { rollout, id, isRunning } = offer;
      return rollout.ended === undefined
        ? goesOn(rollout, id, isRunning)
        : reportCommand(offer, model.setting.isSandbox);
    }
    case 'services':
      return visibleOr(serviceRows(model)[screen.cursor]?.service);
    case 'instances':
      return visibleOr(instanceRows(model)[screen.cursor]?.endpoint);
    case 'review':
      return refusals(model);
    case 'rollout':
      return ofRollout(model);
    case 'connecting':
      return screen.problem && sayProblem(wordsIn(model.setting.language), screen.problem);
    case 'doctor':
      return ailing(model);
    case 'profiles':
    case 'profile-form':
    case 'order':
      return undefined;
  }
}

function tailOf({ following }: Model, path: string): string | undefined {
  const text = following?.tail?.path === path ? following.tail.text.trimEnd() : '';
  const lines = text.split(/\r?\n/).map((each) => visible(each.replaceAll('\t', '  ')));
  return lines.join('\n') || undefined;
}

/** What is pasted into a shell must be no more than what was seen. */
function visibleOr(text: string | undefined): string | undefined {
  return text === undefined ? undefined : visible(text);
}

function refusals({ reviewed, setting }: Model): string | undefined {
  const { failures } = wordsIn(setting.language);
  const refused = (reviewed?.review?.findings ?? []).filter(({ level }) => level === 'refused');
  return refused.map((finding) => visible(failures.finding(finding))).join('\n') || undefined;
}

/** What is not well, and the commands that mend it: it is pasted where there are none of our keys. */
function ailing({ doctor, setting }: Model): string | undefined {
  const { ailment } = wordsIn(setting.language);
  const found = (doctor.value?.found ?? []).filter(({ level }) => level !== 'good');
  return found.map((one) => ailment(one).split('\n').map(visible).join('\n')).join('\n') || undefined;
}

/** A failure first; then how to pass the gate that asks, to carry on, to put on what is off, or to tell it. */
function ofRollout(model: Model): string | undefined {
  const { following, setting } = model;
  const rollout = following?.rollout;
  if (following === undefined || rollout === undefined) return undefined;
  const stuck = stuckTarget(model);
  if (stuck?.failure !== undefined && isLive(following)) {
    const { step, why } = stuck.failure;
    const { rollout: said, failures, screens } = wordsIn(setting.language);
    const what = said.stuck(stuck.name, said.stuckWords[step], stuck.steps[step].attempt);
    return visible(screens.item(what, failures.failure(why)));
  }
  if (rollout.planned.world === 'rehearsal') return undefined;
  if (setting.isSandbox)
    return rollout.ended === undefined ? undefined : reportCommand(following, setting.isSandbox);
  if (isLive(following) || rollout.ended === undefined)
    return goesOn(rollout, following.id, isLive(following));
  return putOnCommands(following).join('\n') || reportCommand(following, false);
}

/** Past the gate that asks, where it stands at one. Nobody copies their way past a gate that failed. */
function goesOn(rollout: Rollout, id: string, isRunning: boolean): string {
  const isAsked = rollout.ended === undefined && reachedGate(rollout)?.phase === 'asking';
  if (isRunning) return `${program} ${isAsked ? 'order pass-gate' : 'attach'} ${id}`;
  return `${program} resume ${id}${isAsked ? ' --pass-gate' : ''}`;
}
