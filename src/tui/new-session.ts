import type { Language } from '../i18n/language.ts';
import { watchSilence } from '../world/silence.ts';
import { wordsIn } from './draw/words.ts';
import { nowOf, type Session } from './effects/session.ts';
import type { ConsolePorts } from './model/console-ports.ts';

/** Of a console that has reached nothing yet. */
export function newSession(
  ports: ConsolePorts,
  language: Language,
  { exit, dispatch, copy }: Pick<Session, 'exit' | 'dispatch' | 'copy'>,
): Session {
  const session: Session = {
    ports,
    words: wordsIn(language),
    speak: (other) => {
      session.words = wordsIn(other);
    },
    exit,
    dispatch,
    copy,
    watch: watchSilence(ports.clock, (silence) =>
      dispatch({ type: 'silence-told', silence, now: nowOf({ ports }) }),
    ),
    connected: undefined,
    password: undefined,
    link: undefined,
    unfollow: undefined,
    shown: undefined,
    uncounted: new Map(),
    isCounting: false,
    forget: () => undefined,
    untry: () => undefined,
    examination: undefined,
    examinationsAsked: 0,
  };
  return session;
}
