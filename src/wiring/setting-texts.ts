import type { PlanFile } from '../core/plan-file.ts';
import type { SettingName } from '../tui/draft.ts';

type Defaults = NonNullable<PlanFile['defaults']>;
type Texts = Partial<Record<SettingName, string>>;

/** The defaults of a profile as a person would type them on the order screen. */
export function settingTexts(defaults: PlanFile['defaults']): Texts {
  if (defaults === undefined) return {};
  const { drain, deploy, rollback, check, minimum, batch } = defaults;
  return {
    ...(drain && { drain: 'consumers' in drain ? drain.consumers : drain.floor }),
    ...(deploy && { deploy: lineOf(deploy) }),
    ...(deploy?.timeout && { timeout: deploy.timeout }),
    ...(rollback && { rollback: lineOf(rollback) }),
    ...(check && { check: checkText(check) }),
    ...(minimum !== undefined && { minimum: String(minimum) }),
    ...(batch !== undefined && { batch: String(batch) }),
  };
}

function lineOf(command: NonNullable<Defaults['deploy']>): string {
  return 'run' in command
    ? command.run
    : command.argv.map((word) => (/[^\w@%+=:,./{}-]/.test(word) ? quoted(word) : word)).join(' ');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function checkText(check: NonNullable<Defaults['check']>): string {
  if (typeof check === 'string') return check;
  if ('http' in check) return check.http;
  return 'run' in check ? check.run : 'tcp';
}
