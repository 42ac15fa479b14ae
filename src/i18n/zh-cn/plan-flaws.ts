import type { FlawKind, PlanFlaw, Wanted } from '../../core/flaw/flaw.ts';
import { program } from '../../core/text/program.ts';
import { visible } from '../../core/text/visible.ts';
import type { PlanFlaws } from '../en/plan-flaws.ts';
import { pathOf, pathText } from '../grammar/path-text.ts';
import { type Sayings, say } from '../grammar/say.ts';

export const planFlaws: PlanFlaws = {
  sentence: (name, flaw) => `计划 ${name} 有误：${placed(flaw)}`,
  placed,
  at: (name, { line, column }, sentence) => `${name} 第 ${line} 行第 ${column} 列：${sentence}`,
};

function placed(flaw: PlanFlaw): string {
  const { place } = flaw;
  const where = place === undefined ? [] : [`第 ${place.line} 行第 ${place.column} 列`];
  const inside = flaw.kind === 'flaw' ? pathText(pathOf(flaw.flaw)) : [];
  const what = flaw.kind === 'flaw' ? say(kinds, flaw.flaw.what) : say(flaws, flaw);
  const sentence = [[...where, ...inside].join('，'), what].filter((part) => part !== '').join('：');
  return /[?？]$/.test(sentence) ? sentence : `${sentence}。`;
}

const flaws: Sayings<Exclude<PlanFlaw, { kind: 'flaw' }>> = {
  'several-documents': () => '其中有多个以 --- 分隔的文档；一个计划只能是一个文档',
  'too-deep': () => '嵌套过深',
  'no-mapping': () => `它不是键值映射；计划以 version: 1 开头（${program} plan 可以输出一份）`,
  aliases: () => '其中的别名（*名称）没有对应的锚点（&名称），或者层层展开过多；请直接写出所指的内容',
  tab: () => '这里用制表符缩进，而 YAML 只能用空格缩进',
  'key-twice': ({ key }) => `键 ${visible(key)} 出现了两次：请只保留一个`,
  yaml: ({ detail }) => visible(detail),
};

const kinds: Sayings<FlawKind> = {
  'no-such-key': ({ key, similar, known }) =>
    `没有键 ${visible(key)}${similar === undefined ? otherwise(known) : `；是不是想写 ${similar}？`}`,
  'gate-elsewhere': ({ key }) =>
    `这里没有键 ${visible(key)}：卡点写在计划、阶段或服务的 gates 中，例如 gates: [{ before: stage, pause: "请查看" }]`,
  missing: () => '缺少这一项',
  'wrong-type': ({ wanted }) => `它不是${types[wanted]}`,
  'no-such-word': ({ typed, similar, known }) =>
    similar === undefined
      ? `应写 ${known.join(' 或 ')}，而不是 ${visible(typed)}`
      : `没有 ${visible(typed)}；是不是想写 ${similar}？`,
  quoted: ({ word }) => `应写 ${word}，不加引号`,
  'out-of-range': ({ limit, value }) => `${limit === 'least' ? '最小' : '最大'}为 ${value}`,
  empty: () => '它是空的',
  form: ({ form }) => visible(form),
};

const types: Readonly<Record<Wanted, string>> = {
  text: '文本（请加引号）',
  number: '数字',
  'whole-number': '整数',
  boolean: ' true 或 false',
  list: '列表：每一项以短横线开头',
  mapping: '键值映射',
};

function otherwise(known: readonly string[]): string {
  return known.length === 0 ? '' : `；可用的有 ${known.join('、')}`;
}
