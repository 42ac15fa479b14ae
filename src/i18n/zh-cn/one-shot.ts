import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { oneShot as en } from '../en/one-shot.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';

export const oneShot: typeof en = {
  switched: (instance, how, ms) =>
    how === 'left'
      ? `${instance} 已离开：它自行从 Nacos 注销，${time(ms)}后各列表中都已没有它。`
      : `${instance} 已${how === 'on' ? '上线' : '下线'}，${time(ms)}后回读确认。`,
  cameBack: (instance) => `${instance} 已按要求回来，重新注册并已上线。`,
  onceWell: (instance, command) => `${instance} 仍下线。待其正常后重试：${command}`,
  awaitingReturn: (instances, at, withinMs) =>
    `${instances.join('、')} 未注册：它由我们下线（${at}），尚未回来。等待它注册，最多 ${time(withinMs)}。`,
  stillAway: (instances, at, waitedMs, command) =>
    `${instances.join('、')} 由我们下线（${at}），仍下线且没有回来：${time(waitedMs)}后仍未注册。待其注册后重试：${command}`,
  awayNow: (instances, at, command) =>
    `${instances.join('、')} 不在：它由我们下线（${at}），现在未注册，没有可上线的实例。要等到它注册：${command}`,
  onAgain: (command) => `重新上线请用：${command}`,
  offUnwaited: (instance, how, command) =>
    `${instance} ${how === 'off' ? '因我们而下线' : '已离开'}。要从头重新等待：${command}`,
  switchedWith: (companion) => `  同时：${companion}`,
  weightBack: (instance, weight) => `${instance} 的权重已恢复为 ${weight}：此前预热只留给它一部分。`,
  otherWeight: (instance, weight, was, at) =>
    `${instance} 现在的权重为 ${weight}（按其注册）；下线时（${at}）为 ${was}。`,
  offWith: (name, command) => `${name} 与它一起下线，现在仍下线。重新上线请用：${command}`,
  moreOffWith: (n) => `另有 ${n} 个仍下线；${program} status 会列出它们。`,
  notNoted: (instance, sentence) =>
    `${sentence}它是本机的实例，因此 ${instance} 仍会下线，但不留记录：若之后没有重新上线，将无从得知是谁让它下线的。`,
  sameProcess: (instance, at) =>
    `${instance} 没有重启：它与 Nacos 的连接仍是下线时（${at}）的那一条。若本应运行新版本，则部署命令在重启之前就返回了：enable --restarted 会等到换成另一个进程。`,
  restartUnseen: (instance, at) =>
    `看不出 ${instance} 是否已重启：它的元数据与下线时（${at}）相同。若部署仍在后台进行，这可能还是旧进程：enable --restarted 会等到换成另一个进程。`,
  stillTheSame: (instance, withinMs, renewal, isKnown) =>
    renewal === 'same-process'
      ? `${instance} 保持下线：${time(withinMs)}后它与 Nacos 的连接仍是下线时的那一条，说明没有重启。`
      : `${instance} 保持下线：没有任何迹象表明它已重启。${time(withinMs)}内它一直处于注册状态，${
          isKnown
            ? '元数据与下线时相同，而 Nacos 不提供它的连接。'
            : '本机也没有日志记录它下线时是如何注册的。'
        }不带 --restarted 则照现状上线。`,
  alreadySo: (instance, enabled) => `${instance} 本来就已${enabled ? '上线' : '下线'}。`,
  alreadySoAndHeld: (instance, enabled, rollout) =>
    `${instance} 本来就已${enabled ? '上线' : '下线'}；它由发布 ${rollout} 占用。`,
  awaitingHolder: (service, rollout) => `${service} 由发布 ${rollout} 占用：等待它将该实例上线，或等它结束。`,
  holderUnknown: (sentence) => `无法得知其他机器上是否有发布占用它：${sentence}`,
  overrideWith: (service) => `若仍要下线：请加上 --override ${shellWord(service)}`,
  oneOfPorts: (instance, ports) =>
    `这里 ${instance} 代表全部 ${ports.join('、')}。只操作其中一个：用 --instance 指定它，或在 --ip 旁加 --port。`,
  overrideAll: (count, service) => `若这 ${count} 个仍要全部下线：请加上 --override ${shellWord(service)}`,
  switchFailed: (instance, sentence) => `${instance}：${sentence}`,
  manyPorts: (ip, found) => `${ip} 上有多个：请用 --instance 指定其中之一：${found.join('、')}。`,
  putOnMeanwhile: (instance: string): string =>
    `${instance} 处于上线状态：等待期间有人把它上线了。请不要当作已下线去重启它。`,
  waitCutShort: '已中断：等待被缩短，消费者可能尚未感知。',
  waited: (instance, how, ms) =>
    `完成：${instance} 已${{ on: '上线', off: '下线', left: '离开' }[how]} ${time(ms)}。`,
  waitTooShort: (service, assumed, neededMs, waitMs) =>
    `${service} 的消费者在下线后可能还会调用 ${time(neededMs)}（按 ${assumed} 看待）：${time(waitMs)} 不够。`,
};
