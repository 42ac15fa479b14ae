import type { PlanHome } from '../../../core/planning/plan-context.ts';
import type { PlanFile, PlanFileService } from '../../../core/plan/plan-file.ts';
import type { PlanNote } from '../../../core/plan/plan-problem.ts';
import { type Companion, type NamedCompanion, isPattern } from '../../../core/plan/companion-rules.ts';
import { withoutPort } from '../../../core/plan/plan-text.ts';
import type { Instance, ServiceId } from '../../../core/registry/service.ts';
import type { Answer, Registry } from '../../../world/registry.ts';
import { fullName } from '../../../core/registry/service-name.ts';

type Settled = { readonly companion: Companion; readonly notes: readonly PlanNote[] };

/**
 * Decides for companions that were typed as one text whether the end of it is a port: the whole text is a registered
 * name first, and only then a name and a port. What answers to neither stays as it was typed. Only reads.
 */
export async function settleCompanions(
  file: PlanFile,
  registry: Registry,
  home: PlanHome,
): Promise<Answer<{ readonly file: PlanFile; readonly notes: readonly PlanNote[] }>> {
  const stages: PlanFile['stages'] = [];
  const notes: PlanNote[] = [];
  for (const stage of file.stages) {
    const services: PlanFileService[] = [];
    for (const entry of stage.services) {
      const companions: Companion[] = [];
      for (const typed of entry.companions ?? []) {
        const settled = await settleOne(typed, registry, { ...home, group: entry.group ?? home.group });
        if (!settled.ok) return settled;
        companions.push(settled.value.companion);
        notes.push(...settled.value.notes);
      }
      services.push(companions.length === 0 ? entry : { ...entry, companions });
    }
    stages.push({ ...stage, services });
  }
  return { ok: true, value: { file: { ...file, stages }, notes } };
}

async function settleOne(typed: Companion, registry: Registry, home: PlanHome): Promise<Answer<Settled>> {
  const asTyped: Settled = { companion: typed, notes: [] };
  if (typeof typed === 'string' || isPattern(typed)) return { ok: true, value: asTyped };
  const other = withoutPort(typed);
  if (other?.port === undefined) return { ok: true, value: asTyped };
  const idOf = ({ group = home.group, service }: NamedCompanion): ServiceId => ({ ...home, group, service });
  const whole = await registry.instances(idOf(typed));
  if (!whole.ok) return whole;
  const part = await registry.instances(idOf(other));
  if (!part.ok) return part;
  if (part.value === undefined) return { ok: true, value: asTyped };
  if (whole.value === undefined) return { ok: true, value: { companion: other, notes: [] } };
  const { service, port } = other;
  const note: PlanNote = {
    kind: 'name-like-a-port',
    typed: typed.service,
    companion: fullName(idOf(typed)),
    other: fullName(idOf(other)),
    entry: { service, port },
  };
  return { ok: true, value: { companion: typed, notes: mayBe(part.value.items, port) ? [note] : [] } };
}

/** A distance may lead to any of them. */
function mayBe(listed: readonly Instance[], port: number | string): boolean {
  return listed.some((instance) => typeof port === 'string' || instance.port === port);
}
