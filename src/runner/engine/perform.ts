import { hook } from '../steps/commands/hook.ts';
import { isSettled } from '../../core/rollout/wanted.ts';
import { type Effect } from '../../core/rollout/effect.ts';
import { notRestarted } from '../../core/report/report.ts';
import { gateNamed } from '../../core/rollout/gate-state.ts';
import { exitCodeOf } from '../../core/rollout/outcome.ts';
import type { Context } from '../context/context.ts';
import { compareConsumers } from '../context/noted-consumers.ts';
import { compareServiceSettings } from '../context/service-settings.ts';
import { standAtGate } from '../gate/stand-at-gate.ts';
import { awaitDeadline } from '../steps/await-deadline.ts';
import { awaitDropped, awaitRegistry } from '../steps/await-registry.ts';
import { check } from '../steps/check.ts';
import { clearMark } from '../steps/clear-mark.ts';
import { deploy } from '../steps/deploy.ts';
import { disable, recounted } from '../steps/disable.ts';
import { drain } from '../steps/drain.ts';
import { enable } from '../steps/enable.ts';
import { keepOut } from '../steps/keep-out/keep-out.ts';
import { soak } from '../steps/soak.ts';
import { warmUp } from '../steps/warm-up.ts';
import { watchCalls } from '../steps/watch-calls.ts';

/** Carries out one effect. It comes back when there is an outcome in the journal, or when it was aborted. */
export async function perform(effect: Effect, context: Context, signal: AbortSignal): Promise<void> {
  // Events recorded while this effect was being started are applied first.
  await Promise.resolve();
  if (signal.aborted) return;
  switch (effect.kind) {
    case 'disable':
      return disable(context, effect.target, effect.attempt, signal);
    case 'drain':
      return drain(context, effect.target, effect.attempt, signal);
    case 'deploy':
      return deploy(context, effect.target, effect.attempt, signal);
    case 'check':
      return check(context, effect.target, effect.attempt, signal);
    case 'enable':
      return enable(context, effect.target, effect.attempt, signal);
    case 'warm-up':
      return warmUp(context, effect.target, effect.attempt, signal);
    case 'soak':
      return soak(context, effect.target, effect.attempt, signal);
    case 'before-target':
    case 'after-disable':
    case 'after-target':
      return hook(context, effect.kind, effect.target, effect.attempt, signal);
    case 'keep-out':
      return keepOut(context, effect.target, signal, recounted);
    case 'watch-calls':
      return watchCalls(context, effect.target, signal);
    case 'clear-mark':
      return clearMark(context, effect.target, signal);
    case 'await-registry':
      return awaitRegistry(context, signal);
    case 'await-dropped':
      return awaitDropped(context, signal);
    case 'await-deadline':
      return awaitDeadline(context, effect.at, signal);
    case 'await-decision':
      await context.world.clock.sleep(effect.withinMs, signal);
      while (!signal.aborted && !isSettled(context.rollout()))
        await context.sleepOrEvent(lookAgainMs, signal);
      if (!signal.aborted) rest(context, 'undecided');
      return;
    case 'leave-off':
      return context.record({ type: 'decided', target: effect.target, decision: 'leave-off', by: nobody });
    case 'call-back':
      return context.record({ type: 'called-back', target: effect.target, why: effect.why });
    case 'retry-unknown':
      return context.record({ type: 'decided', target: effect.target, decision: 'retry', by: nobody });
    case 'gate':
      return standAtGate(context, effect.gate, effect.attempt, signal);
    case 'pass-gate':
    case 'retry-gate':
      return decideGate(context, effect);
    case 'rest':
      tellRequests(context);
      return context.record({ type: 'runner-rested', why: effect.why, exitCode: effect.exitCode });
    case 'end':
      if (context.rollout().hasWritten) await compareServiceSettings(context);
      if (context.rollout().hasWritten && !signal.aborted) await compareConsumers(context);
      if (signal.aborted) return;
      return endRollout(context, effect);
  }
}

/** Of what this runner asks after that, it is the end of its lease. */
function tellRequests({ world, record }: Context): void {
  const requests = world.asked?.() ?? [];
  if (requests.length > 0) record({ type: 'requests-counted', requests: [...requests] });
}

function endRollout(context: Context, { outcome, exitCode }: Effect & { kind: 'end' }): void {
  tellRequests(context);
  const names = notRestarted(context.rollout());
  const warning = names.length === 0 ? {} : { notRestarted: names };
  context.record({ type: 'rollout-ended', outcome, exitCode, ...warning });
}

function decideGate(
  { record, rollout }: Context,
  effect: Effect & { kind: 'pass-gate' | 'retry-gate' },
): void {
  const { gate, attempt } = gateNamed(rollout(), effect.gate);
  const told = { gate: gate.name, place: gate.place, by: nobody };
  record(
    effect.kind === 'pass-gate'
      ? { type: 'gate-passed', ...told, attempt }
      : { type: 'gate-retried', ...told },
  );
}

const nobody = 'nobody';
const lookAgainMs = 1000;

function rest(context: Context, why: 'undecided'): void {
  tellRequests(context);
  context.record({ type: 'runner-rested', why, exitCode: exitCodeOf(context.rollout(), why) });
}
