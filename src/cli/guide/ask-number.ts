import { ask } from '../io/ask.ts';
import type { Cli } from '../io/command-ports.ts';

export type Choice<T> = { readonly text: string; readonly value: T };

/** So many are said at once; of more, a part of the name leaves fewer. */
const saidMax = 20;

/** Asks until a number is one of them; undefined where nothing is chosen, or nobody is there any more. */
export async function askOne<T>(
  cli: Cli,
  title: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  let left = choices;
  for (;;) {
    sayChoices(cli, title, left, choices.length);
    const typed = (await ask(cli, cli.words.guide.number(choices.length > saidMax)))?.trim();
    if (typed === undefined || typed === '') return undefined;
    const [at] = numbersIn(typed, left.length) ?? [];
    if (at !== undefined && numbersIn(typed, left.length)?.length === 1) return left[at]?.value;
    const named = choices.filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase()));
    if (choices.length <= saidMax || named.length === 0) cli.output.talk(cli.words.guide.noNumber);
    else left = named;
  }
}

/** Several, in the order in which they are typed; `a` is all of them. */
export async function askSome<T>(
  cli: Cli,
  title: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[]> {
  sayChoices(cli, title, choices, choices.length, choices.length);
  for (;;) {
    const typed = (await ask(cli, cli.words.guide.numbers))?.trim();
    if (typed === undefined || typed === '') return [];
    if (typed === 'a') return choices.map(({ value }) => value);
    const places = numbersIn(typed, choices.length);
    if (places !== undefined) return places.flatMap((at) => choices[at]?.value ?? []);
    cli.output.talk(cli.words.guide.noNumber);
  }
}

function sayChoices<T>(
  { output, words }: Cli,
  title: string,
  choices: readonly Choice<T>[],
  all: number,
  max = saidMax,
): void {
  const shown = choices.slice(0, max);
  const more = choices.length - shown.length;
  output.talk(
    '',
    title,
    ...shown.map(({ text }, at) => ` ${at + 1}  ${text}`),
    ...(more > 0 ? [words.guide.more(more)] : []),
    ...(choices.length < all ? [words.guide.narrowed(choices.length, all)] : []),
  );
}

/** Places from 0, each once; undefined where one of the words is none of the numbers. */
function numbersIn(typed: string, count: number): readonly number[] | undefined {
  const words = typed.split(/[\s,]+/).filter((word) => word !== '');
  const places = words.map((word) => (/^\d{1,6}$/.test(word) ? Number(word) - 1 : -1));
  const isRight = places.length > 0 && places.every((at) => at >= 0 && at < count);
  return isRight && new Set(places).size === places.length ? places : undefined;
}
