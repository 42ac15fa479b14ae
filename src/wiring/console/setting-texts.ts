import type { PlanFile } from '../../core/plan/plan-file.ts';
import { checkLine } from '../../core/plan/plan-text.ts';
import { commandText } from '../../core/plan/plan.ts';
import type { SettingName } from '../../tui/model/draft.ts';

type Texts = Partial<Record<SettingName, string>>;

/** The defaults of a profile as a person would type them on the order screen. */
export function settingTexts(defaults: PlanFile['defaults']): Texts {
  if (defaults === undefined) return {};
  const { drain, deploy, rollback, check, minimum, batch } = defaults;
  return {
    ...(drain && { drain: 'consumers' in drain ? drain.consumers : drain.floor }),
    ...(deploy && { deploy: commandText(deploy) }),
    ...(deploy?.timeout && { timeout: deploy.timeout }),
    ...(rollback && { rollback: commandText(rollback) }),
    ...(check && { check: checkLine(check) }),
    ...(minimum !== undefined && { minimum: String(minimum) }),
    ...(batch !== undefined && { batch: String(batch) }),
  };
}
