import { isSameAddress } from '../../core/registry/address.ts';
import type { Registry } from '../../world/registry.ts';
import type { UiEffect } from '../model/effect.ts';
import type { Beside } from '../draft/draft.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** What the same process registered, where that can be known, and what shares its ip. */
export async function readBeside(
  registry: Registry,
  { instance, services }: UiEffect & { kind: 'read-beside' },
): Promise<Beside> {
  const beside: Record<string, Beside[string]> = {};
  for (const id of services) {
    const answer = await registry.instances(id);
    const isThere =
      answer.ok && answer.value?.items.some(({ ip }) => isSameAddress(ip, instance.ip)) === true;
    if (isThere) beside[fullName(id)] = 'ip';
  }
  const same = await registry.sameProcess(instance);
  for (const id of (same.ok ? same.value : undefined) ?? []) beside[fullName(id)] = 'process';
  return beside;
}
