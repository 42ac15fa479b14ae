import type { consoleSettings as en } from '../en/console-settings.ts';
import { say } from '../grammar/say.ts';
import { textObstacles } from './profiles.ts';

const meantOr = (meant: string | undefined, known: readonly string[]): string =>
  meant === undefined ? `请写 ${known.join('、')} 之一` : `请写 ${meant}`;

export const consoleSettings: typeof en = {
  malformed: (path, detail) => `${path} 格式有误（${detail}）：请修正。`,
  unreadable: (path, obstacle) => `无法读取 ${path}（${say(textObstacles, obstacle)}）。`,
  noPlace: (at, meant, known) => `${at}：没有这个界面；${meantOr(meant, known)}。`,
  noCommand: (at, meant, known) => `${at}：那里没有这个命令；${meantOr(meant, known)}。`,
  notSent: (at, key) =>
    `${at}：并非所有终端都会发送 ${key}；请写一个字符、ctrl- 加一个字母（c、h、i、j、m、z 除外），或 up、down、left、right、home、end、page-up、page-down、delete、backspace、enter、esc、space、tab、shift-tab。`,
  isText: (at, key) => `${at}：${key} 在那里是输入的文字；请写不是文字的键。`,
  taken: (at, key, place, other) => `${at}：在 ${place} 界面，${key} 已是 ${other} 的键；请给其中一个换键。`,
  answers: (at, key, command) =>
    `${at}：${key} 既提出 ${command}，又回答它的提问，连按两次就会执行；请给其中一个换键。`,
  kept: (at, key) =>
    `${at}：不能是 ${key}。在会改动 Nacos 的界面回车不做决定，esc 只用于返回，Ctrl-C 保持不变，y 只用于回答问题，不用于提出问题。`,
};
