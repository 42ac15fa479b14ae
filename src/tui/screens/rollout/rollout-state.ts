import { awaitsContinue, holds, isIdle } from '../../../core/rollout/holds.ts';
import { hookOf, isHookStep } from '../../../core/hooks/hook-step.ts';
import { commandText } from '../../../core/text/command-text.ts';
import { isAhead } from '../../../core/rollout/ahead.ts';
import { type Paused, type Rollout, nodesOf } from '../../../core/rollout/rollout.ts';
import { type TargetState, isActive } from '../../../core/rollout/target-state.ts';
import { visible } from '../../../core/text/visible.ts';
import { paragraph } from '../../components/labelled.ts';
import type { GateState } from '../../../core/rollout/gate-state.ts';
import { type Following, currentTarget, isUnheard } from '../../model/following.ts';
import { cellsOf } from '../../../core/text/cells.ts';
import { type Line, line, span } from '../../draw/line.ts';
import { pointedTarget, stuckTarget } from '../../keys/meant-target.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { offNames } from '../../view/left-off.ts';
import { drainLimits } from '../../view/drain-calls.ts';
import { unseenMs } from '../../view/told.ts';
import { type Timer, timerOf } from '../../view/timer.ts';
import { drainLines } from './rollout-drain.ts';
import { stuckLines } from './rollout-decision.ts';
import { toldLines } from './rollout-told.ts';
import { overLines } from './rollout-over.ts';

/** What is going on and why it waits; what may be decided; how it ended. */
export function stateLines(
  model: Model,
  following: Following,
  wallMs: number,
  paint: DrawContext,
): readonly Line[] {
  const { rollout } = following;
  if (rollout === undefined) return [];
  const over = overLines(following, model.setting.isSandbox, paint);
  if (over.length > 0) return [[], ...over];
  if (isUnheard(following)) return [[], ...unheardLines(rollout, following.mayDecide, paint)];
  const stuck = stuckTarget(model);
  const current = pointedTarget(model);
  const isPointedRunning = current?.phase === 'running';
  const shown = isPointedRunning ? current : currentTarget(rollout);
  const timer = shown && timerOf(rollout, shown, wallMs);
  return [
    [],
    ...bannerLines(rollout, following.mayDecide, paint),
    ...(stuck === undefined ? [] : stuckLines(following, stuck, paint)),
    ...(timer === undefined || shown === undefined ? [] : underWay(following, timer, shown, paint)),
    ...(timer?.step === 'drain' ? againLines(following, timer, paint) : []),
    ...rollout.targets
      .filter((target) => target !== shown && isActive(target) && isAhead(rollout, target))
      .flatMap((target) => aheadLines(rollout, target, wallMs, paint)),
    // The sandbox has no consumers but its gateway, which polls.
    ...(timer?.step === 'drain' && !model.setting.isSandbox ? toldLines(following, timer.target, paint) : []),
  ];
}

/** Nothing counts any more, and no key that a runner would have to obey is told of. */
function unheardLines(
  rollout: Rollout,
  mayDecide: boolean,
  { words, columns, keys }: DrawContext,
): readonly Line[] {
  const said = words.rollout;
  const isReal = rollout.planned.world === 'real';
  const off = isReal ? offNames(rollout) : [];
  return [
    ...paragraph(isReal ? said.unheard : words.notices.runnerLost, columns, 'bad'),
    ...(off.length === 0 ? [] : paragraph(said.offNow(off.join(', ')), columns, 'bad')),
    ...(isReal ? paragraph((mayDecide ? said.unheardKeys : said.unheardWatching)(keys), columns) : []),
  ];
}

function underWay(
  following: Following,
  timer: Timer,
  state: TargetState,
  paint: DrawContext,
): readonly Line[] {
  const limits = timer.step === 'drain' ? drainLimits(timer.target.drain, state) : undefined;
  return limits === undefined
    ? timerLines(timer, following.mayDecide, paint)
    : drainLines(following, timer, limits, paint);
}

/** Why a drain that was over, or nearly, begins anew. */
function againLines(
  { events, rollout }: Following,
  { target }: Timer,
  { words, columns }: DrawContext,
): readonly Line[] {
  const ms = rollout && unseenMs(events, target.name, nodesOf(rollout));
  const unseen = ms === undefined ? undefined : Math.floor(ms / 1000) * 1000;
  return unseen === undefined
    ? []
    : paragraph(words.rollout.drainsAgain(visible(target.name), words.time(unseen)), columns, 'warn');
}

/** Beside what is shown whole: who went ahead of its turn, and what it waits for. */
function aheadLines(
  rollout: Rollout,
  target: TargetState,
  wallMs: number,
  { words, columns }: DrawContext,
): readonly Line[] {
  const { ahead } = words.rollout;
  const name = visible(target.name);
  const timer = timerOf(rollout, target, wallMs);
  const took = words.time(Math.floor((timer?.elapsedMs ?? 0) / 1000) * 1000);
  if (target.step === 'disable') return paragraph(ahead.disable(name), columns, 'busy');
  if (target.step === 'drain')
    return paragraph(ahead.drain(name, took, words.time(timer?.totalMs ?? 0)), columns, 'busy');
  return target.step === 'deploy' ? paragraph(ahead.deploy(name), columns, 'dim') : [];
}

function bannerLines(rollout: Rollout, mayDecide: boolean, paint: DrawContext): readonly Line[] {
  const { words, columns, keys } = paint;
  const said = words.rollout;
  return holds(rollout).flatMap((hold): readonly Line[] => {
    switch (hold.kind) {
      case 'paused': {
        const waits = isIdle(rollout) ? `${words.screens.between}${said.pausedWaits}` : '';
        return [
          ...paragraph(
            `${said.paused[hold.why](visible(hold.by), keys)}${pauseEnd(hold, paint)}${waits}`,
            columns,
            'warn',
          ),
          ...decidedLines(rollout, paint),
        ];
      }
      case 'deadline':
        return paragraph(said.pastDeadline(hold.at, keys), columns, 'warn');
      case 'aborting':
        return paragraph(said.aborting[hold.how], columns, 'bad');
      case 'stopping':
        return paragraph(said.stopping, columns, 'bad');
      case 'gate':
        return gateLines(hold.gate, mayDecide, paint);
      // What is stuck has lines of its own; the rest stands among the events.
      case 'over':
      case 'no-runner':
      case 'nodes-lost':
      case 'stuck':
      case 'unattended':
        return [];
    }
  });
}

/** How a pause that nobody asked for ends. */
function pauseEnd({ why, before }: Paused, { words, keys }: DrawContext): string {
  const said = words.rollout;
  if (why !== 'registry-lost' && why !== 'lease-lost') return '';
  const end = before?.why === 'asked' ? said.stayingPaused(visible(before.by), keys) : said.goesOn[why](keys);
  return `${words.screens.between}${end}`;
}

/** What it waits for between two batches. */
function gateLines(
  gate: GateState,
  mayDecide: boolean,
  { words, columns, keys }: DrawContext,
): readonly Line[] {
  const tone = gate.phase === 'stuck' ? 'bad' : gate.phase === 'asking' ? 'warn' : 'busy';
  const isOpen = gate.phase === 'stuck' || gate.phase === 'asking';
  return [
    ...paragraph(visible(words.gates.waitsFor(gate)), columns, tone),
    ...(mayDecide && isOpen ? paragraph(words.gates.keys(gate.phase === 'stuck', keys), columns) : []),
  ];
}

/** A decision that was taken, and of which nothing comes as long as it is paused. */
function decidedLines(rollout: Rollout, { words, columns, keys }: DrawContext): readonly Line[] {
  const waiting = awaitsContinue(rollout).map(({ name }) => visible(name));
  return waiting.length === 0
    ? []
    : paragraph(words.rollout.decidedWaits(waiting.join(', '), keys), columns, 'warn');
}

function timerLines(timer: Timer, mayDecide: boolean, paint: DrawContext): readonly Line[] {
  const { target, step, elapsedMs, totalMs, share, triesLeft } = timer;
  const { words, columns, glyphs, keys } = paint;
  const { timers, because } = words.rollout;
  const name = visible(target.name);
  const whole = Math.floor(elapsedMs / 1000) * 1000;
  const took = words.time(whole);
  const total = words.time(totalMs ?? 0);
  const inHook = timers.hook(name, words.rollout.stuckWords[step], took, total);
  const retried = timers.retry(name, words.rollout.stuckWords[step], took, total);
  const doing = {
    disable: timers.disable(name, took),
    drain: timers.drain(name, took, total),
    deploy: timers.deploy(name, took, total),
    'before-target': inHook,
    'after-disable': inHook,
    'after-target': inHook,
    check: timers.check(name, took, total),
    enable: timers.enable(name, took),
    'warm-up': timers.warmUp(name, took, total),
    soak: timers.soak(name, took, total),
  }[step];
  const text = triesLeft === undefined ? doing : retried;
  const left = words.time(Math.max(0, (totalMs ?? 0) - whole));
  const command = isHookStep(step) ? (hookOf(target, step) ?? target.deploy) : target.deploy;
  const inCommand = because.deploy(visible(commandText(command)), keys);
  const draining = because.drain(target.drain.consumers, left, (totalMs ?? 0) > target.drain.ms);
  const reason = {
    disable: because.disable,
    drain: mayDecide ? `${draining} ${because.drainKeys(keys)}` : draining,
    deploy: inCommand,
    'before-target': inCommand,
    'after-disable': inCommand,
    'after-target': inCommand,
    check: because.check(target.check.successes),
    enable: because.enable,
    'warm-up': because.warmUp(share),
    soak: because.soak(left),
  }[step];
  const why = triesLeft === undefined ? reason : because.retry(triesLeft);
  const bar =
    (triesLeft !== undefined || step === 'drain' || step === 'warm-up' || step === 'soak') &&
    totalMs !== undefined &&
    totalMs > 0
      ? barText(elapsedMs / totalMs, glyphs.bar)
      : '';
  const isShort = cellsOf(text) + cellsOf(bar) + 2 <= columns;
  const head = isShort
    ? [line(span(` ${text} `, 'busy'), span(bar, 'busy'))]
    : paragraph(text, columns, 'busy');
  return [...head, ...paragraph(why, columns)];
}

const barCells = 20;

function barText(ratio: number, [full, empty]: readonly [string, string]): string {
  const filled = Math.round(Math.min(1, Math.max(0, ratio)) * barCells);
  return full.repeat(filled) + empty.repeat(barCells - filled);
}
