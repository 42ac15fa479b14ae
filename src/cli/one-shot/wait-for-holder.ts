import type { Target } from '../../core/plan/plan.ts';
import { readNodes, shownBy, viewsOf } from '../../runner/context/node-views.ts';
import {
  type HolderAnswer,
  type ServiceHolder,
  findServiceHolder,
} from '../../runner/registry/current-holder.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';

export type Passed =
  | { readonly kind: 'free' }
  /** Held, and every server node shows the target as it is asked to be: there is nothing to write. */
  | { readonly kind: 'so-already'; readonly holder: ServiceHolder }
  | { readonly kind: 'held'; readonly holder: ServiceHolder };

export type PassOptions = {
  readonly enabled: boolean;
  /** How long a rollout is waited for. */
  readonly withinMs: number;
  readonly signal: AbortSignal;
};

const lookEveryMs = 1000;

/** Whether one instance may be switched now: what a rollout holds is the rollout's to take off and to put on. */
export async function waitForHolder(
  cli: Cli,
  reached: Reached,
  target: Target,
  { enabled, withinMs, signal }: PassOptions,
): Promise<Passed> {
  const { clock } = reached.ports;
  const { words, output } = cli;
  const began = clock.monotonic();
  let isTold = false;
  for (;;) {
    const answer = await lookForHolder(reached, target);
    if (answer.kind === 'unknown')
      output.talk(words.cli.holderUnknown(words.failures.registryError(answer.error)));
    if (answer.kind !== 'held') return { kind: 'free' };
    const { holder } = answer;
    if (await isShown(reached, target, enabled)) return { kind: 'so-already', holder };
    if (clock.monotonic() - began >= withinMs || signal.aborted) return { kind: 'held', holder };
    if (!isTold) output.talk(words.cli.awaitingHolder(holder.service, holder.id));
    isTold = true;
    await clock.sleep(lookEveryMs, signal);
  }
}

async function lookForHolder(
  { ports, connected }: Reached,
  { registrations: services }: Target,
): Promise<HolderAnswer> {
  const { registry, spec } = connected;
  return findServiceHolder({
    registry,
    namespace: spec.namespace,
    services,
    onThisMachine: ports.holderOf(spec, services),
    isGone: async (id) =>
      (await ports.launcher.all()).rollouts.some((open) => open.id === id && !open.isRunning),
  });
}

async function isShown({ connected }: Reached, target: Target, enabled: boolean): Promise<boolean> {
  const { registry } = connected;
  const readings = await readNodes(registry, registry.nodeAddresses, target.registrations);
  const wanted = enabled ? 'on' : 'off';
  return (
    readings.every(({ ok }) => ok) &&
    target.registrations.every((registration) =>
      viewsOf(readings, registration).every((view) => shownBy(view, registration) === wanted),
    )
  );
}
