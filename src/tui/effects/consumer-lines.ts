import { consumerText } from '../../core/drain/consumers.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { shortName } from '../../core/registry/service-name.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import { readConsumers } from '../../runner/review/read-consumers.ts';
import type { Registry } from '../../world/registry.ts';

/** Everybody who subscribes to what a plan touches, a line each, below the name of the service. */
export async function consumerLines(
  { failures }: Pick<TuiWords, 'failures'>,
  registry: Registry,
  plan: Plan,
): Promise<readonly string[]> {
  const read = await readConsumers(registry, registry.nodeAddresses, touchedServices(plan));
  return read.flatMap((one): readonly string[] => {
    const service = shortName(one.service);
    if ('error' in one)
      return [failures.finding({ level: 'warning', kind: 'consumers-unknown', service, error: one.error })];
    const lines = one.consumers.map((consumer) => `  ${consumerText(consumer)}`);
    return [`${service}: ${lines.length}`, ...lines];
  });
}
