import { holdBy } from '../../core/rollout/holds.ts';
import type { Decision } from '../../core/event/event-parts.ts';
import { type Rollout, mayRollBack } from '../../core/rollout/rollout.ts';
import { type TargetState, isAllAway } from '../../core/rollout/target-state.ts';
import type { Order, RolloutLink } from '../../runner/ports/protocol.ts';
import { quietTerminal } from '../io/ask.ts';
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

export function createDecider(cli: Cli, link: RolloutLink): Decider {
  const { output, words } = cli;
  let asked: string | undefined;
  let stuck: TargetState | undefined;
  let isPaused = false;
  quietTerminal(cli);
  const submit = async (order: Order): Promise<void> => {
    const refusal = await link.submit(order);
    if (refusal !== undefined) output.talk(words.failures.orderRefusal(refusal));
  };
  const close = cli.lines.follow((line) => {
    const letter = line.trim();
    if (letter === 'c') return void submit({ type: 'continue' });
    if (stuck === undefined || letter === 'q' || letter === '') return undefined;
    if (letter === 'A') return void submit({ type: 'abort', how: 'put-back' });
    if (letter === 'L') return void submit({ type: 'abort', how: 'leave' });
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
  });
  return {
    look: (rollout) => {
      isPaused = rollout.paused !== undefined;
      stuck = rollout.isAttended ? holdBy(rollout, 'stuck')?.targets[0] : undefined;
      if (stuck === undefined) {
        asked = undefined;
        return;
      }
      const question = `${stuck.name} ${stuck.step} ${stuck.steps[stuck.step].attempt}`;
      if (question === asked) return;
      asked = question;
      output.talk(words.cli.decide(stuck.name));
      const { choices } = words.cli;
      const { t, tDrain, tSoak, tWarmUp, xSoak, qSoak, b, n, oAway, ...usual } = choices;
      const isWarming = stuck.failure?.step === 'warm-up';
      const isSoaked = stuck.failure?.step === 'soak' || isWarming;
      const why = stuck.failure?.why;
      const hasNewcomer = why?.kind === 'somebody-else' && why.found !== undefined;
      const special = [
        ...(why?.kind === 'deploy-unknown' ? [t] : why?.kind === 'still-called' ? [tDrain] : []),
        ...(isSoaked ? [isWarming ? tWarmUp : tSoak] : []),
        ...(hasNewcomer ? [n] : []),
        ...(mayRollBack(rollout, stuck) ? [b] : []),
      ];
      const shown = {
        ...usual,
        ...(isAllAway(stuck) && { o: oAway }),
        ...(isSoaked && { x: xSoak, q: qSoak }),
      };
      output.talk(...Object.values(shown), ...special);
    },
    close,
  };
}
