import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';

/** What a flag beside a plan file may say: it narrows what is rolled, or limits how far it goes. */
export type Limits = Partial<Pick<PlanFile, 'onFailure' | 'maxFailures' | 'deadline'>> &
  Partial<Pick<PlanFileService, 'where' | 'notOn'>>;

/**
 * A plan file with limits over it. Of conditions both hold, those of the file and these; else these replace what the file
 * says, and as failures are one question, how many may fail replaces a stop at the first, and the other way round.
 */
export function limitsOver(file: PlanFile, { where, notOn, ...whole }: Limits): PlanFile {
  const { onFailure, maxFailures, ...rest } = file;
  const isAsked = whole.onFailure !== undefined || whole.maxFailures !== undefined;
  const stages = file.stages.map((stage) => ({
    ...stage,
    services: stage.services.map((entry) => ({
      ...entry,
      ...(where && { where: [...(entry.where ?? []), ...where] }),
      ...(notOn !== undefined && { notOn }),
    })),
  }));
  const failures = isAsked
    ? {}
    : { ...(onFailure && { onFailure }), ...(maxFailures !== undefined && { maxFailures }) };
  return { ...rest, ...failures, ...whole, stages };
}
