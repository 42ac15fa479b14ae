import { visible } from '../../core/text/visible.ts';
import { configDirectory } from '../../profiles/config-place.ts';
import { alertKinds } from '../../profiles/alert-kind.ts';
import { readConsoleSettings } from '../../profiles/console-settings.ts';
import { type ThemeName, isLight, themeOf } from '../../profiles/theme-name.ts';
import type { Words } from '../../i18n/words.ts';
import { type KeyFlaw, checkKeys } from '../../tui/keys/own-keys.ts';
import type { AlertKind, OwnKeys } from '../../tui/model/model.ts';
import { homeDirectory } from '../own-place.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type OwnSettings =
  | {
      readonly ok: true;
      readonly theme: ThemeName;
      readonly alert: AlertKind | undefined;
      readonly keys: OwnKeys | undefined;
    }
  | { readonly ok: false; readonly sentence: string };

/** What `console.json` says, under what the command line and the environment do; or what is wrong with it. */
export function ownSettings(env: Env, given: ThemeName | undefined, words: Words): OwnSettings {
  const said = words.consoleSettings;
  const read = readConsoleSettings(configDirectory(env, homeDirectory()));
  if (!read.ok) {
    const { problem } = read;
    const sentence =
      problem.kind === 'malformed-file'
        ? said.malformed(problem.path, problem.detail)
        : said.unreadable(problem.path, problem.obstacle);
    return { ok: false, sentence };
  }
  const { theme, alert, keys } = read.settings;
  const called = alertOf(env, words);
  if (!called.ok) return called;
  const checked = keys === undefined ? undefined : checkKeys(keys);
  if (checked?.ok === false) return { ok: false, sentence: `${read.path}: ${sayFlaw(checked.flaw, said)}` };
  return {
    ok: true,
    theme: given ?? themeOf(env) ?? theme ?? (isLight(env) ? 'light' : 'terminal'),
    alert: called.alert ?? alert,
    keys: checked?.keys,
  };
}

/** As its variable says; empty is as good as none. */
function alertOf(
  env: Env,
  { cli }: Words,
):
  | { readonly ok: true; readonly alert: AlertKind | undefined }
  | { readonly ok: false; readonly sentence: string } {
  const text = env['NACOS_ROLLOUT_ALERT'] || undefined;
  const alert = alertKinds.find((kind) => kind === text);
  if (text === undefined || alert !== undefined) return { ok: true, alert };
  const right = cli.right.setting(alertKinds);
  return { ok: false, sentence: cli.usage.badValue('NACOS_ROLLOUT_ALERT', visible(text), right) };
}

function sayFlaw(flaw: KeyFlaw, said: Words['consoleSettings']): string {
  switch (flaw.kind) {
    case 'no-place':
      return said.noPlace(flaw.at, flaw.meant, flaw.known);
    case 'no-command':
      return said.noCommand(flaw.at, flaw.meant, flaw.known);
    case 'not-sent':
      return said.notSent(flaw.at, flaw.key);
    case 'is-text':
      return said.isText(flaw.at, flaw.key);
    case 'taken':
      return said.taken(flaw.at, flaw.key, flaw.place, flaw.other);
    case 'answers':
      return said.answers(flaw.at, flaw.key, flaw.command);
    case 'kept':
      return said.kept(flaw.at, flaw.key);
  }
}
