import type { GatePlace } from '../../core/gate/gate.ts';
import type { Failure } from '../../core/event/failure.ts';
import { commandText } from '../../core/text/command-text.ts';
import { program } from '../../core/text/program.ts';
import type { gateWords as en } from '../en/gates.ts';
import { say } from '../grammar/say.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { commandResults, stepFailures } from './step-failures.ts';

const sides = { before: '之前', after: '之后', at: '' } as const;

/** `orders 第 1 批之后`。 */
function gatePlace({ side, of, stage = '', service = '', batch = 0 }: GatePlace): string {
  const what = {
    rollout: '整个发布',
    stage: `阶段 ${stage} `,
    service: `${service} `,
    batch: `${service} 第 ${batch} 批`,
  }[of];
  return `${what}${sides[side]}`.trim();
}

/** `卡点 smoke（orders 第 1 批之后）`。 */
export function gateName(gate: string, place: GatePlace): string {
  return place.side === 'at' ? `阶段 ${gate}` : `卡点 ${gate}（${gatePlace(place)}）`;
}

export function gateFailure(why: Failure): string {
  return why.kind === 'command' ? say(commandResults, why.result) : say(stepFailures, why);
}

export const gateWords: typeof en = {
  name: gateName,
  failure: gateFailure,
  planned: (gate) => {
    const name = gateName(gate.name, gate.place);
    switch (gate.kind) {
      case 'person':
        return `${name}：须由人放行：${gate.text}`;
      case 'time':
        return `${name}：等待 ${time(gate.ms)}`;
      case 'soak':
        return `${name}：已发布的目标须保持正常 ${time(gate.ms)}`;
      case 'command': {
        const { timeoutMs, retries = 0 } = gate.command;
        const tries = retries === 0 ? '' : `，失败后最多重试 ${retries} 次`;
        return `${name}：${commandText(gate.command)}（最多 ${time(timeoutMs)}${tries}）`;
      }
    }
  },
  waitsFor: ({ gate, phase, failure, againInMs = 0 }) => {
    const name = gateName(gate.name, gate.place);
    if (phase === 'stuck')
      return `${name}未通过：${failure?.target === undefined ? '' : `${failure.target} `}${failure === undefined ? '' : gateFailure(failure.why)}`;
    if (phase === 'ready' && againInMs > 0) return `${name}未通过，${time(againInMs)}后重试`;
    switch (gate.kind) {
      case 'person':
        return `${name}等人放行：${gate.text}`;
      case 'time':
        return `${name}等待 ${time(gate.ms)}`;
      case 'soak':
        return `${name}：已发布的目标须保持正常 ${time(gate.ms)}`;
      case 'command':
        return `${name}正在执行 ${commandText(gate.command)}`;
    }
  },
  keys: (isStuck, key) =>
    `${isStuck ? `${key('retry')} 重试，` : ''}${key('pass-gate')} 放行，${key('abort')} 中止。在此之前什么都不会开始。`,
  choices: {
    pass: 'G  放行，继续',
    again: 'r  重试',
    wait: 'q  稍后决定；在此之前什么都不会开始',
  },
  passWith: (id) => `放行并继续：${program} resume ${id} --pass-gate --yes`,
};
