import type { StartObstacle } from '../../core/command/fit-start.ts';
import { hookNames } from './hooks.ts';
import type { commandFindings as wanted } from '../en/commands.ts';
import { type Sayings, say } from '../grammar/say.ts';

const steps = {
  deploy: '部署命令',
  ...hookNames,
  rollback: '回滚命令',
  leave: '通知离开的命令',
  back: '通知恢复的命令',
  check: '检查命令',
  gate: '卡点命令',
} as const;

/** Each ends without a full stop. */
const obstacles: Sayings<StartObstacle> = {
  'null-byte': ({ variable }) =>
    variable === undefined
      ? '命令中含有空字节，任何进程都无法接受：请去掉它，或排除这样的实例'
      : `${variable} 会含有空字节，环境变量无法容纳：请排除这样的实例`,
  'not-unicode': ({ variable }) =>
    `${variable ?? '命令中的一个词'} 会含有不完整的字符，命令得到的名称将与注册的不同：请排除这样的实例`,
  'too-long': ({ variable, bytes, maxBytes }) =>
    variable === undefined
      ? `命令中的一个词长 ${bytes} 字节，系统最多允许 ${maxBytes} 字节：请写成脚本`
      : `${variable} 会长达 ${bytes} 字节，系统最多允许 ${maxBytes} 字节：请排除这样的实例`,
  'too-much': ({ bytes, maxBytes }) =>
    `连同环境变量共 ${bytes} 字节，系统最多允许 ${maxBytes} 字节：请减少环境变量，或调高 ulimit -s`,
};

/** What a review finds of the commands of a plan. */
export const commandFindings: typeof wanted = {
  'command-missing': ({ command }) => `命令 ${command} 不存在或不可执行。`,
  'cannot-start': ({ step, obstacle, targets }) =>
    `${some(targets)}的${steps[step]}无法启动：${say(obstacles, obstacle)}。`,
  'in-file': ({ variable, targets }) =>
    `${some(targets)}的 ${variable} 太长，环境变量放不下：命令可以从 ${variable}_FILE 指向的文件中读取，${variable} 不会设置。`,
  'no-directory': ({ path, detail }) => `在 ${path} 中无法启动任何命令（${detail}）：请在存在的目录中开始。`,
};

const shownMax = 3;

function some(names: readonly string[]): string {
  const shown = names.slice(0, shownMax).join('、');
  return names.length > shownMax ? `${shown} 等 ${names.length} 个目标` : shown;
}
