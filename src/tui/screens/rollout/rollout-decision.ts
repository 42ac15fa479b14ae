import type { TuiWords } from '../../../i18n/en/tui.ts';
import type { Decision } from '../../../core/event/event-parts.ts';
import { type Rollout } from '../../../core/rollout/rollout.ts';
import {
  type TargetState,
  isAllAway,
  isOffByUs,
  isStillOn,
  isTakenOff,
} from '../../../core/rollout/target-state.ts';
import { isOnlyLowered } from '../../../core/rollout/warm-up.ts';
import { visible } from '../../../core/text/visible.ts';
import { wrap } from '../../../core/text/cells.ts';
import { paragraph } from '../../components/labelled.ts';
import { type CommandName, keyOf } from '../../keys/keymap.ts';
import { type Line, cell, line, span } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import type { Following } from '../../model/following.ts';
import { offByOthersNames } from '../../view/nacos-says.ts';
import { offNames } from '../../view/left-off.ts';
import { choicesFor } from '../../view/choices.ts';

/** What went wrong, how it stands, and what each decision leaves behind. */
export function stuckLines(following: Following, target: TargetState, paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const { rollout, mayDecide } = following;
  const { failure } = target;
  if (rollout === undefined || failure === undefined) return [];
  const said = words.rollout;
  const own = offNames(rollout, target.name);
  const others = offNames(rollout).filter((name) => !own.includes(name));
  const { attempt } = target.steps[failure.step];
  const what = said.stuck(visible(target.name), said.stuckWords[failure.step], attempt);
  return [
    ...paragraph(words.screens.item(what, visible(words.failures.failure(failure.why))), columns, 'bad'),
    ...paragraph(
      isOffByUs(target) ? said.isOff(own.join(', ')) : unlikeOurs(following, target, paint),
      columns,
      'warn',
    ),
    ...(others.length === 0 ? [] : paragraph(said.alsoOff(others.join(', ')), columns, 'warn')),
    ...(mayDecide ? decisionLines(target, rollout, paint) : []),
  ];
}

/** How it stands where nothing of it is off because of us. */
function unlikeOurs(following: Following, target: TargetState, { words, keys }: DrawContext): string {
  const said = words.rollout;
  const off = offByOthersNames(following, target);
  if (off.length > 0) return said.isTakenOff(off.join(', '));
  if (isTakenOff(target)) return said.isOnAgain(keys);
  return isLeftAsOff(target) ? said.wasOff : (watchedWords(target, said)?.isOn ?? said.isOn);
}

/** Rolled though somebody else had taken it off: nothing of it is put on. */
function isLeftAsOff({ registrations }: TargetState): boolean {
  return registrations.every(({ wasOff }) => wasOff);
}

const keyCells = 3;
const nameCells = 15;
/** From here on the names have a column of their own. */
const wideFrom = 78;

function decisionLines(target: TargetState, rollout: Rollout, paint: DrawContext): readonly Line[] {
  const { leaves, forgets, deploysCalled, looksAgain } = paint.words.rollout;
  const watched = watchedWords(target, paint.words.rollout);
  const leavesBehind = (choice: Decision): string => {
    if (choice === 'put-on' && isAllAway(target)) return forgets;
    if (watched !== undefined && isOneOf(choice, ['retry', 'take-as-done', 'leave-off']))
      return watched[choice];
    if (choice === 'retry' && isTakenOff(target) && target.step === 'disable') return looksAgain;
    if (choice === 'leave-off' && isStillOn(target)) return leftOn(target, paint.words.rollout);
    return choice === 'take-as-done' && target.step === 'drain' ? deploysCalled : leaves[choice];
  };
  return [
    ...choicesFor(target, rollout).flatMap((choice) => choiceLines(choice, leavesBehind(choice), paint)),
    ...choiceLines('abort', leaves.abort, paint),
  ];
}

/** It never went off: what goes on with the next leaves it so. */
function leftOn(target: TargetState, { soaked, warmed, before }: TuiWords['rollout']): string {
  if (isOnlyLowered(target)) return warmed['take-as-done'];
  return target.deploy === undefined ? before['leave-off'] : soaked['take-as-done'];
}

/** It is on: what a decision leaves behind is something else then. */
function watchedWords(
  { step }: TargetState,
  { soaked, warmed, before, after }: TuiWords['rollout'],
): TuiWords['rollout']['soaked'] | undefined {
  switch (step) {
    case 'soak':
      return soaked;
    case 'warm-up':
      return warmed;
    case 'before-target':
      return before;
    case 'after-target':
      return after;
    default:
      return undefined;
  }
}

function isOneOf<One extends Decision>(choice: Decision, some: readonly One[]): choice is One {
  return (some as readonly Decision[]).includes(choice);
}

/** A key and what comes of it, whole: what does not fit a line goes on under itself. */
function choiceLines(name: CommandName, leaves: string, paint: DrawContext): readonly Line[] {
  const { words, columns } = paint;
  const key = keyOf(paint, 'rollout', name);
  const [short] = words.commands.names[name];
  const isWide = columns >= wideFrom;
  const indent = 3 + keyCells + (isWide ? nameCells : 0);
  const text = isWide ? leaves : words.screens.item(short, leaves);
  return wrap(text, Math.max(10, columns - indent - 1)).map((part, index) =>
    line(
      '   ',
      cell(index === 0 ? key : '', keyCells, 'accent'),
      ...(isWide ? [cell(index === 0 ? short : '', nameCells)] : []),
      span(part, 'dim'),
    ),
  );
}
