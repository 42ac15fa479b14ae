import { isHookStep } from '../../core/hooks/hook-step.ts';
import { type GateState, reachedGate } from '../../core/rollout/gate-state.ts';
import { holdBy } from '../../core/rollout/holds.ts';
import type { Decision } from '../../core/event/event-parts.ts';
import { type Rollout, mayRollBack } from '../../core/rollout/rollout.ts';
import { type TargetState, isAllAway, isStillOn } from '../../core/rollout/target-state.ts';
import type { Order, RolloutLink } from '../../runner/ports/protocol.ts';
import { quietTerminal } from '../io/ask.ts';
import type { Words } from '../../i18n/words.ts';
import type { Cli } from '../io/command-ports.ts';

/** Asks a person at a plain terminal what to do with a target that is stuck. */
export type Decider = {
  /** Looks whether something new waits for a decision. */
  look(rollout: Rollout): void;
  close(): void;
};

/** The console's letters. */
const decisions: Readonly<Record<string, Decision>> = {
  r: 'retry',
  f: 'retry-target',
  x: 'leave-off',
  o: 'put-on',
  t: 'take-as-done',
  b: 'roll-back',
  n: 'take-new',
};

const gateOrders: Readonly<Record<string, 'pass-gate' | 'retry-gate'>> = { G: 'pass-gate', r: 'retry-gate' };

/** The gate about which a person is to decide. */
function askingGate(rollout: Rollout): GateState | undefined {
  const gate = reachedGate(rollout);
  return gate?.phase === 'asking' || gate?.phase === 'stuck' ? gate : undefined;
}

function gateQuestion(gate: GateState, words: Words): readonly string[] {
  const { pass, again, wait } = words.gates.choices;
  const { A, L } = words.cli.choices;
  return [words.gates.waitsFor(gate), pass, ...(gate.phase === 'stuck' ? [again] : []), A, L, wait];
}

export function createDecider(cli: Cli, link: RolloutLink): Decider {
  const { output, words } = cli;
  let asked: string | undefined;
  let stuck: TargetState | undefined;
  let gate: GateState | undefined;
  let isPaused = false;
  quietTerminal(cli);
  const submit = async (order: Order): Promise<void> => {
    const refusal = await link.submit(order);
    if (refusal !== undefined) output.talk(words.failures.orderRefusal(refusal));
  };
  const hear = (line: string): void => {
    const letter = line.trim();
    if (letter === 'c') return void submit({ type: 'continue' });
    if ((stuck === undefined && gate === undefined) || letter === 'q' || letter === '') return undefined;
    if (letter === 'A') return void submit({ type: 'abort', how: 'put-back' });
    if (letter === 'L') return void submit({ type: 'abort', how: 'leave' });
    if (stuck === undefined) {
      const type = gate && gateOrders[letter];
      if (gate === undefined || type === undefined) return output.talk(words.cli.unknownChoice);
      return void submit({ type, gate: gate.gate.name });
    }
    const decision = decisions[letter];
    if (decision === undefined) return output.talk(words.cli.unknownChoice);
    // Where it is paused nothing comes of it yet.
    if (isPaused) output.talk(words.cli.decidedWaits(stuck.name));
    return void submit({
      type: 'decide',
      target: stuck.name,
      decision,
      attempt: stuck.steps[stuck.step].attempt,
    });
  };
  // Ctrl-D: nobody could know why no letter is heard any more.
  const ended = (): void => output.talk(words.cli.inputEnded(link.id));
  const close = cli.lines.follow(hear, ended);
  return {
    look: (rollout) => {
      isPaused = rollout.paused !== undefined;
      stuck = rollout.isAttended ? holdBy(rollout, 'stuck')?.targets[0] : undefined;
      gate = rollout.isAttended ? askingGate(rollout) : undefined;
      if (stuck === undefined && gate !== undefined) {
        const question = `gate ${gate.gate.name} ${gate.attempt}`;
        if (question !== asked) output.talk(...gateQuestion(gate, words));
        asked = question;
        return;
      }
      if (stuck === undefined) {
        asked = undefined;
        return;
      }
      const question = `${stuck.name} ${stuck.step} ${stuck.steps[stuck.step].attempt}`;
      if (question === asked) return;
      asked = question;
      output.talk(words.cli.decide(stuck.name), ...choiceLines(stuck, rollout, words));
    },
    close,
  };
}

/** What may be typed about a target, and what comes of it. */
function choiceLines(stuck: TargetState, rollout: Rollout, words: Words): readonly string[] {
  const { choices } = words.cli;
  const { t, tDrain, tHook, tSoak, tWarmUp, xSoak, xBefore, qSoak, b, n, oAway, ...usual } = choices;
  const isWarming = stuck.failure?.step === 'warm-up';
  const step = stuck.failure?.step ?? stuck.step;
  const isSoaked = step === 'soak' || step === 'after-target' || isWarming;
  const isBefore = step === 'before-target';
  const why = stuck.failure?.why;
  const hasNewcomer = why?.kind === 'somebody-else' && why.found !== undefined;
  const special = [
    ...(why?.kind === 'deploy-unknown' ? [t] : why?.kind === 'still-called' ? [tDrain] : []),
    ...(isHookStep(step) && !isSoaked ? [tHook] : []),
    ...(isSoaked ? [isWarming ? tWarmUp : tSoak] : []),
    ...(hasNewcomer ? [n] : []),
    ...(mayRollBack(rollout, stuck) ? [b] : []),
  ];
  const { f: _anew, o: _on, ...ofBefore } = usual;
  const shown = {
    ...(isBefore ? { ...ofBefore, x: xBefore, q: qSoak } : usual),
    ...(isStillOn(stuck) && stuck.deploy === undefined && { x: xBefore }),
    ...(isAllAway(stuck) && !isBefore && { o: oAway }),
    ...(isSoaked && { x: xSoak, q: qSoak }),
  };
  return [...Object.values(shown), ...special];
}
