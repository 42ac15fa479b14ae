import { batchText } from '../../core/batches/batch-file.ts';
import { zonesText } from '../../core/batches/zones.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import { evidenceOf } from '../../core/drain/evidence-file.ts';
import { evidenceLines } from '../../core/drain/evidence-line.ts';
import type { FileDrain } from '../../core/plan/drain-file.ts';
import { partsOf } from '../../core/plan/drain-settings.ts';
import { checkLine } from '../../core/plan/plan-text.ts';
import { commandText } from '../../core/text/command-text.ts';
import type { SettingName } from '../../tui/draft/settings.ts';

type Texts = Partial<Record<SettingName, string>>;

/** The defaults of a profile as a person would type them on the order screen. */
export function settingTexts(defaults: PlanFile['defaults']): Texts {
  if (defaults === undefined) return {};
  const { deploy, rollback, check, warmUp, soak, minimum, batch, zones, drainAhead } = defaults;
  return {
    ...drainTexts(defaults.drain),
    ...(deploy && { deploy: commandText(deploy) }),
    ...(deploy?.timeout && { timeout: deploy.timeout }),
    ...(rollback && { rollback: commandText(rollback) }),
    ...(check && { check: checkLine(check) }),
    ...(warmUp && { warmUp: warmUp.for }),
    ...(soak && { soak: soak.for }),
    ...(minimum !== undefined && { minimum: String(minimum) }),
    ...(batch !== undefined && { batch: batchText(batch) }),
    ...(zones && { zones: zonesText(zones) }),
    ...(zones?.minimum !== undefined && { zoneMinimum: String(zones.minimum) }),
    ...(drainAhead === true && { drainAhead: 'yes' }),
  };
}

function drainTexts(drain: FileDrain | undefined): Texts {
  const { time, consumers, evidence, floor, ceiling, certainty, slowest } = partsOf(drain);
  const preset = time ?? consumers;
  return {
    ...(preset !== undefined && { drain: preset }),
    ...(evidence !== undefined && { evidence: evidenceLines(evidenceOf(evidence)) }),
    ...(floor !== undefined && { floor }),
    ...(ceiling !== undefined && { ceiling }),
    ...(certainty !== undefined && { certainty: String(certainty) }),
    ...(slowest !== undefined && { slowest: String(slowest) }),
  };
}
