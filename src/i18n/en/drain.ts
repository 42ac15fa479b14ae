import type { DrainProblem } from '../../core/plan/drain-settings.ts';
import type { Sayings } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** Without a capital or a full stop: it stands inside a sentence that says whose drain it is. */
export const drainProblems: Sayings<DrainProblem> = {
  'two-presets': ({ consumers, time: given }) =>
    `consumers (${consumers}) and time (${given}) both say how long is waited without evidence; give one of them`,
  'needs-evidence': ({ setting }) =>
    setting === 'floor'
      ? 'a floor beside a time or a kind of consumer needs evidence; give evidence, or leave floor out'
      : `${setting} means nothing without evidence; give evidence, or leave ${setting} out`,
  'floor-over-ceiling': ({ floorMs, ceilingMs }) =>
    `its floor of ${time(floorMs)} is over its ceiling of ${time(ceilingMs)}; give a smaller floor or a larger ceiling`,
  'floor-over-preset': ({ floorMs, presetMs }) =>
    `its floor of ${time(floorMs)} is over the ${time(presetMs)} that are waited without evidence; give a smaller floor, or a longer time`,
  'ceiling-under-preset': ({ ceilingMs, presetMs }) =>
    `its ceiling of ${time(ceilingMs)} is under the ${time(presetMs)} that are waited without evidence; give a larger ceiling, or a shorter time`,
  placeholder: ({ run, placeholder, variable }) =>
    `nothing is filled into a command line, and "${run}" has ${placeholder}; in a command use "$${variable}"`,
};
