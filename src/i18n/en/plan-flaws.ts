import type { FlawKind, Place, PlanFlaw, Wanted } from '../../core/flaw/flaw.ts';
import { program } from '../../core/text/program.ts';
import { visible } from '../../core/text/visible.ts';
import { pathOf, pathText } from '../grammar/path-text.ts';
import { type Sayings, say } from '../grammar/say.ts';

/** What is wrong with the text of a plan file, and where. */
export const planFlaws = {
  sentence: (name: string, flaw: PlanFlaw): string => `The plan ${name} is not right: ${placed(flaw)}`,
  /** The same without the name of the file. */
  placed,
  /** `sentence` is whole, about something that stands there. */
  at: (name: string, { line, column }: Place, sentence: string): string =>
    `${name}, line ${line}, column ${column}: ${sentence}`,
};
export type PlanFlaws = typeof planFlaws;

function placed(flaw: PlanFlaw): string {
  const { place } = flaw;
  const where = place === undefined ? [] : [`line ${place.line}, column ${place.column}`];
  const inside = flaw.kind === 'flaw' ? pathText(pathOf(flaw.flaw)) : [];
  const what = flaw.kind === 'flaw' ? say(kinds, flaw.flaw.what) : say(flaws, flaw);
  const sentence = [[...where, ...inside].join(', '), what].filter((part) => part !== '').join(': ');
  return sentence.endsWith('?') ? sentence : `${sentence}.`;
}

const flaws: Sayings<Exclude<PlanFlaw, { kind: 'flaw' }>> = {
  'several-documents': () => 'it holds several documents, divided by ---; a plan is one',
  'too-deep': () => 'it is nested too deep',
  'no-mapping': () => `it is no mapping of keys; a plan begins with version: 1 (${program} plan prints one)`,
  aliases: () =>
    'an alias (*name) in it names no anchor (&name), or they multiply; write out what they stand for',
  tab: () => 'a tab indents it, and YAML is indented with spaces only',
  'key-twice': ({ key }) => `the key ${visible(key)} stands there twice: keep one`,
  yaml: ({ detail }) => visible(detail),
};

const kinds: Sayings<FlawKind> = {
  'no-such-key': ({ key, similar, known }) =>
    `there is no key ${visible(key)}${similar === undefined ? otherwise(known) : `; did you mean ${similar}?`}`,
  'gate-elsewhere': ({ key }) =>
    `there is no key ${visible(key)} here: what has to be passed first stands in gates of the plan, a stage or a service, as gates: [{ before: stage, pause: "look at it" }]`,
  missing: () => 'it is missing',
  'wrong-type': ({ wanted }) => `it is no ${types[wanted]}`,
  'no-such-word': ({ typed, similar, known }) =>
    similar === undefined
      ? `it is written ${known.join(' or ')}, not ${visible(typed)}`
      : `there is no ${visible(typed)}; did you mean ${similar}?`,
  quoted: ({ word }) => `it is written ${word}, without quotes`,
  'out-of-range': ({ limit, value }) => `at ${limit} ${value}`,
  empty: () => 'it is empty',
  form: ({ form }) => visible(form),
};

const types: Readonly<Record<Wanted, string>> = {
  text: 'text (put it in quotes)',
  number: 'number',
  'whole-number': 'whole number',
  boolean: 'true or false',
  list: 'list: begin each of its entries with a dash',
  mapping: 'mapping of keys',
};

function otherwise(known: readonly string[]): string {
  return known.length === 0 ? '' : `; there are ${known.join(', ')}`;
}
