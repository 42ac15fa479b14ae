import { touchedServices, type Plan } from '../../core/plan/plan.ts';
import { readConsumers } from '../../runner/review/read-consumers.ts';
import { reviewConsumers } from '../../runner/review/review-consumers.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';

/** Says of which services those who consume them now may call for longer than is waited. Where nobody can tell, nothing. */
export async function sayShortWait(
  { output, words }: Cli,
  { connected: { registry } }: Reached,
  plan: Plan,
  waitMs: number,
): Promise<void> {
  const waited = {
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, drain: { ...one.drain, ms: waitMs } })),
  };
  const services = await readConsumers(registry, registry.nodeAddresses, touchedServices(plan));
  for (const finding of reviewConsumers(waited, services))
    if (finding.kind === 'consumers' && finding.level === 'warning')
      output.talk(words.cli.waitTooShort(finding.service, finding.assumed, finding.neededMs, waitMs));
}
