import { timeEn } from '../grammar/time-words.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import { say } from '../grammar/say.ts';
import { ailments, byCommand, byKeys } from './ailments.ts';
import { drainDoubts } from './calls.ts';
import { events } from './events.ts';
import { failures } from './failures.ts';
import { gateWords } from './gates.ts';
import { type Keys, tuiCommands } from './tui-commands.ts';
import { tuiDrain } from './tui-drain.ts';
import { tuiMachine } from './tui-machine.ts';
import { tuiNotices } from './tui-notices.ts';
import { tuiPalette, tuiSearch } from './tui-palette.ts';
import { tuiPanes } from './tui-panes.ts';
import { tuiRollout } from './tui-rollout.ts';
import { tuiScreens } from './tui-screens.ts';
import { tuiTour } from './tui-tour.ts';

/** Every word of the console. */
export const tui = {
  time: timeEn,
  events,
  failures,
  gates: gateWords,
  commands: tuiCommands,
  drain: { ...tuiDrain, doubtWords: drainDoubts },
  machine: tuiMachine,
  /** With the keys that mend where it is read; else with the commands. */
  ailment: (ailment: Diagnosis, key?: Keys): string =>
    say(ailments(key === undefined ? byCommand(true) : byKeys(key)), ailment),
  notices: tuiNotices,
  panes: tuiPanes,
  rollout: tuiRollout,
  screens: { ...tuiScreens, palette: tuiPalette, search: tuiSearch },
  tour: tuiTour,
};
export type TuiWords = typeof tui;
