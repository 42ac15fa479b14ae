import type { DrainProblem } from '../../core/plan/drain-settings.ts';
import type { Sayings } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const drainProblems: Sayings<DrainProblem> = {
  'two-presets': ({ consumers, time: given }) =>
    `consumers（${consumers}）和 time（${given}）都在说没有证据时等多久，只能写一个`,
  'needs-evidence': ({ setting }) =>
    setting === 'floor'
      ? '与时间或消费者种类并用的 floor 需要 evidence；请加上 evidence，或去掉 floor'
      : `没有 evidence 时 ${setting} 没有意义；请加上 evidence，或去掉 ${setting}`,
  'floor-over-ceiling': ({ floorMs, ceilingMs }) =>
    `下限 ${time(floorMs)} 超过了上限 ${time(ceilingMs)}；请调小 floor 或调大 ceiling`,
  'floor-over-preset': ({ floorMs, presetMs }) =>
    `下限 ${time(floorMs)} 超过了没有证据时要等的 ${time(presetMs)}；请调小 floor，或把时间加长`,
  'ceiling-under-preset': ({ ceilingMs, presetMs }) =>
    `上限 ${time(ceilingMs)} 低于没有证据时要等的 ${time(presetMs)}；请调大 ceiling，或把时间缩短`,
  placeholder: ({ run, placeholder, variable }) =>
    `命令行中不会填入占位符，而“${run}”里有 ${placeholder}；在命令中请用 "$${variable}"`,
};
