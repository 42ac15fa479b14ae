import { visible } from '../../core/text/visible.ts';
import type { Keys } from '../../i18n/en/tui-commands.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Notice, OffReason, Problem } from '../model/notice.ts';
import { keyName } from '../draw/words.ts';
import type { Tone } from '../draw/line.ts';

export function sayProblem(words: TuiWords, problem: Problem): string {
  const { failures, notices } = words;
  switch (problem.kind) {
    case 'registry':
      return visible(failures.registryError(problem.error));
    case 'secret':
      return visible(failures.secret(problem.detail));
    case 'launch':
      return visible(failures.launchProblem(problem.problem));
    case 'plan':
      return visible(failures.planProblem(problem.problem));
    case 'order':
      return visible(failures.orderRefusal(problem.refusal));
    case 'setting':
      return notices.settings[problem.name];
    case 'failure':
      return visible(failures.failure(problem.failure));
    case 'sentence':
      return visible(problem.sentence);
  }
}

/** Why a key is off now. */
export function sayOff({ notices }: TuiWords, reason: OffReason, keys: Keys): string {
  const said = notices.off[reason];
  return typeof said === 'string' ? said : said(keys);
}

export function sayNotice(
  words: TuiWords,
  notice: Notice,
  keys: Keys,
): { readonly text: string; readonly tone: Tone } {
  const { notices } = words;
  switch (notice.kind) {
    case 'problem':
      return { text: sayProblem(words, notice.problem), tone: 'bad' };
    case 'off':
      return { text: sayOff(words, notice.reason, keys), tone: 'warn' };
    case 'unknown-key': {
      const key = visible(keyName(words, notice.key));
      return { text: notices.unknownKey(key, notice.hasHelp, keys), tone: 'warn' };
    }
    case 'saved':
      return { text: notices.saved(visible(notice.path)), tone: 'good' };
    case 'profile-saved':
      return { text: notices.profileSaved, tone: 'good' };
    case 'profile-removed':
      return { text: notices.profileRemoved, tone: 'good' };
    case 'profile-gone':
      return { text: notices.profileGone(visible(notice.name)), tone: 'bad' };
    case 'profile-changed': {
      const changes = notice.changes.map(({ name, before, now }) => {
        const [label = ''] = words.screens.order.fields[name];
        return `${label} ${visible(before) || '-'} → ${visible(now) || '-'}`;
      });
      return { text: notices.profileChanged(visible(notice.name), changes.join(', ')), tone: 'warn' };
    }
    case 'abandoned':
      return { text: notices.abandoned(notice.id, visible(notice.off.join(', ')), keys), tone: 'warn' };
    case 'copied': {
      const { lines, path } = notice;
      return { text: notices.copied(lines, path && visible(path)), tone: 'good' };
    }
    case 'paste-dropped':
      return { text: notices.pasteDropped, tone: 'warn' };
    case 'input-held':
      return { text: notices.inputHeld[notice.by], tone: 'warn' };
    case 'not-found':
      return { text: notices.notFound(visible(notice.text)), tone: 'warn' };
    case 'wrong-name':
      return { text: notices.wrongName(visible(notice.expected)), tone: 'bad' };
    case 'no-such-service':
      return { text: visible(notices.noSuchService(notice.text, notice.like)), tone: 'bad' };
    case 'companion-removed':
      return { text: notices.companionRemoved, tone: 'good' };
    case 'switched-on':
      return { text: notices.switchedOn, tone: 'good' };
    case 'settled':
      return { text: notices.settled, tone: 'warn' };
    case 'pausing':
      return { text: notices.pausing(keys), tone: 'warn' };
    case 'stopping':
      return { text: notices.stopping, tone: 'bad' };
    case 'runner-lost':
      return { text: notices.runnerLost, tone: 'bad' };
    case 'followed-again':
      return { text: notices.followedAgain, tone: 'good' };
  }
}
