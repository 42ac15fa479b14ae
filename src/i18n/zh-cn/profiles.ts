import { program } from '../../core/text/program.ts';
import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import type { SpecProblem } from '../../profiles/resolve-spec.ts';
import type { SecretProblem } from '../../profiles/secret.ts';
import type { ProfileWords } from '../en/profiles.ts';
import { drainProblems } from './drain.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

const specProblems: Sayings<SpecProblem> = {
  'no-server': () =>
    `连接哪个 Nacos？请给出 --server URL 或 --profile 名称，或保存一个：${program} profile add 名称 --server URL`,
  'bad-server': ({ server, meant }) =>
    `${server} 不是服务端地址：请写成 ${meant ?? 'http://HOST:8848、https://HOST:PORT 或 HOST'}。`,
  'several-servers': ({ server, each }) =>
    `${server} 把多个服务端写在了一起：请分别给出 ${each.join(' 和 ')}。`,
  'empty-server': () =>
    '服务端地址为空（变量没有设置？）：请写成 http://HOST:8848、https://HOST:PORT 或 HOST。',
  'server-with-path': ({ server, path }) =>
    `${server} 带有路径：请去掉；如果 Nacos 就在该路径下，请用 --context-path ${path}。`,
  'server-with-user': () => '服务端地址中含有用户名或密码：请去掉，改用 --username 和 --password-from。',
  'literal-password': () =>
    '密码不能直接写出：请写 env:NAME、file:PATH 或 command:COMMAND，或者不写，届时在提示处输入。',
  'password-without-user': () => '给出了密码却没有用户名：请同时给出 --username。',
  'literal-key': () =>
    'AccessKey、其密钥和安全令牌都不能直接写出：请写 env:NAME、file:PATH 或 command:COMMAND。',
  'key-in-part': () =>
    'AccessKey 和它的密钥必须同时给出，安全令牌和地域也只能与它们一起使用：请给出 --access-key-from 和 --secret-key-from。',
  'user-and-key': () =>
    '同时给出了用户名和 AccessKey，而 Nacos 只用其中一种：请去掉 --username，或去掉 --access-key-from 及与之相关的设置。',
  'certificate-without-key': () => '客户端证书和私钥必须同时给出。',
  'bad-setting': ({ detail }) => `这不是配置档案可用的设置：${detail}。`,
  'bad-drain': ({ problem }) => `此配置档案的排空设置不对：${say(drainProblems, problem)}。`,
  'bad-dialect': ({ dialect }) => `${dialect} 不是可用的 dialect：请写 v1（Nacos 1.4 到 2.x）或 v3（3.x）。`,
  'malformed-file': ({ path, detail }) =>
    `配置档案文件 ${path} 格式有误（${detail}）：请修正；文件保持原样。`,
  'unreadable-file': ({ path, obstacle }) =>
    `无法读取配置档案文件 ${path}（${say(textObstacles, obstacle)}）。`,
  'no-home': () => '没有主目录，无处保存配置档案：请把 XDG_CONFIG_HOME 或 HOME 设为你有写权限的目录。',
  'cannot-keep': ({ path, detail }) => `无法写入配置档案文件 ${path}（${detail}）。`,
  'no-such-profile': ({ name, known }) =>
    known.length === 0
      ? `没有配置档案 ${name}，也没有其他档案：创建请用：${program} profile add ${name} --server URL`
      : `没有配置档案 ${name}；现有：${known.join('、')}。`,
  'bad-profile-name': ({ name }) =>
    `${name} 不能用作配置档案名称：请使用字母、数字、点、连字符和下划线，最多 64 个字符。`,
  'profile-exists': ({ name }) => `已有配置档案 ${name}：修改请用：${program} profile edit ${name}`,
};

const fileCodes: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件',
  ENOTDIR: '没有这个文件',
  EACCES: '没有读取权限',
};

export const textObstacles: Sayings<TextObstacle> = {
  unreadable: ({ detail }) => fileCodes[detail] ?? detail,
  'no-file': ({ found }) =>
    `是${{ directory: '目录', pipe: '管道', device: '设备', terminal: '终端' }[found]}，而不是文件`,
  endless: ({ afterMs }) => `在 ${time(afterMs)}内没有结束`,
  'not-text': () => '不是 UTF-8 文本：请另存为 UTF-8',
  'too-large': ({ maxBytes }) =>
    `超过 ${maxBytes < 2 ** 20 ? `${maxBytes / 2 ** 10} KiB` : `${maxBytes / 2 ** 20} MiB`}`,
};

const secretProblems: Sayings<SecretProblem> = {
  literal: () => '密码或密钥被直接写出；请写 env:NAME、file:PATH 或 command:COMMAND',
  'not-set': ({ name }) => `环境变量 ${name} 没有设置`,
  unreadable: ({ path, obstacle }) => `无法读取 ${path}（${say(textObstacles, obstacle)}）`,
  failed: ({ exit }) => `取密码或密钥的命令以 ${exit} 结束`,
  'timed-out': ({ afterMs }) => `取密码或密钥的命令在 ${time(afterMs)}内没有结束`,
  empty: ({ reference }) => `${reference} 的内容为空`,
};

export const profiles: ProfileWords = {
  problem: (problem) => say(specProblems, problem),
  secretDetail: (problem) => say(secretProblems, problem),
  warning: ({ path, mode }) => `${path} 可被其他用户读取（权限 ${mode}）：请执行 chmod 600。`,
};
