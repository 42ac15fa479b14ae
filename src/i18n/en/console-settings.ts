import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import { say } from '../grammar/say.ts';
import { textObstacles } from './profiles.ts';

const meantOr = (meant: string | undefined, known: readonly string[]): string =>
  meant === undefined ? `write one of ${known.join(', ')}` : `write ${meant}`;

/** What is wrong with the file in which a person sets a theme and keys; `at` is where in it. */
export const consoleSettings = {
  malformed: (path: string, detail: string): string => `${path} is malformed (${detail}): correct it.`,
  unreadable: (path: string, obstacle: TextObstacle): string =>
    `${path} cannot be read (${say(textObstacles, obstacle)}).`,
  noPlace: (at: string, meant: string | undefined, known: readonly string[]): string =>
    `${at}: there is no such screen; ${meantOr(meant, known)}.`,
  noCommand: (at: string, meant: string | undefined, known: readonly string[]): string =>
    `${at}: nothing there is called so; ${meantOr(meant, known)}.`,
  notSent: (at: string, key: string): string =>
    `${at}: no terminal is sure to send ${key}; write one character, ctrl- and a letter (not c, h, i, j, m, z), or up, down, left, right, home, end, page-up, page-down, delete, backspace, enter, esc, space, tab or shift-tab.`,
  isText: (at: string, key: string): string => `${at}: ${key} is typed there; write a key that is no text.`,
  taken: (at: string, key: string, place: string, other: string): string =>
    `${at}: ${key} is that of ${other} on ${place} already; give one of them another key.`,
  answers: (at: string, key: string, command: string): string =>
    `${at}: ${key} both asks for ${command} and answers what it asks, so that pressing it twice would do it; give one of them another key.`,
  kept: (at: string, key: string): string =>
    `${at}: it cannot be ${key}. Enter decides nothing where Nacos is acted on, esc only goes back, Ctrl-C keeps its place, and y answers questions and nothing that asks one.`,
};
