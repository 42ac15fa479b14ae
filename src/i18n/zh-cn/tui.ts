import type { TuiWords } from '../en/tui.ts';
import { timeZhCn } from '../grammar/time-words.ts';
import { say } from '../grammar/say.ts';
import { ailments, byCommand, byKeys } from './ailments.ts';
import { drainDoubts } from './calls.ts';
import { events } from './events.ts';
import { failures } from './failures.ts';
import { gateWords } from './gates.ts';
import { tuiCommands } from './tui-commands.ts';
import { tuiDrain } from './tui-drain.ts';
import { tuiMachine } from './tui-machine.ts';
import { tuiNotices } from './tui-notices.ts';
import { tuiPalette, tuiSearch } from './tui-palette.ts';
import { tuiPanes } from './tui-panes.ts';
import { tuiRollout } from './tui-rollout.ts';
import { tuiScreens } from './tui-screens.ts';
import { tuiTour } from './tui-tour.ts';

export const tui: TuiWords = {
  time: timeZhCn,
  events,
  failures,
  gates: gateWords,
  commands: tuiCommands,
  drain: { ...tuiDrain, doubtWords: drainDoubts },
  machine: tuiMachine,
  ailment: (ailment, key) => say(ailments(key === undefined ? byCommand(true) : byKeys(key)), ailment),
  notices: tuiNotices,
  panes: tuiPanes,
  rollout: tuiRollout,
  screens: { ...tuiScreens, palette: tuiPalette, search: tuiSearch },
  tour: tuiTour,
};
