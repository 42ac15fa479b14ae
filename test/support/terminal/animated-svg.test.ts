import { expect, test } from 'vitest';
import { animatedSvg } from './animated-svg.ts';
import { asciicast, type Cast, type CastEvent, recorded } from './asciicast.ts';
import type { TerminalSession } from './terminal.ts';

const clear = '\x1b[2J\x1b[H';
const written = (at: number, text: string): CastEvent => [at, 'o', text];

function castOf(events: readonly CastEvent[]): Cast {
  return { columns: 20, rows: 3, title: 'Up & "down"', events };
}

/** The names of what is open at the end, none where the tags balance; fails at the first that closes another. */
function openTags(svg: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = '', single] of svg.matchAll(/<(\/?)(\w+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (single === '') open.push(name);
  }
  return open;
}

test('the asciicast has its header first, then each event on a line', () => {
  const events = [written(0, 'a'), written(1.5, '\x1b[1mb\r\n')];
  const [header, ...lines] = asciicast(castOf(events))
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(header).toMatchObject({ version: 2, width: 20, height: 3, title: 'Up & "down"' });
  expect(lines).toEqual(events);
});

test('the times of a recording only grow, and a key gives time to read what was there', () => {
  let tell = (_data: string): void => {};
  const pressed: string[] = [];
  const at = {
    onData: (listener: (data: string) => void) => (tell = listener),
    press: (...typed: string[]) => pressed.push(...typed),
  } as unknown as TerminalSession;
  const { session, events } = recorded(at, 2000);
  tell('first');
  session.press('a');
  tell('second');
  tell('third');
  expect(pressed).toEqual(['a']);
  const [first = 0, second = 0, third = 0] = events().map(([seconds]) => seconds);
  expect(second - first).toBeGreaterThanOrEqual(2);
  expect(third).toBeGreaterThanOrEqual(second);
});

test('screens that follow each other fast become one frame, and the last one is always there', async () => {
  const fast = Array.from({ length: 20 }, (_, index) => written(index / 10, `${clear}n${index}`));
  const svg = await animatedSvg(castOf([...fast, written(9, `${clear}half`), written(9.001, ' whole')]));
  expect(svg.match(/<g transform=/g)).toHaveLength(4);
  expect([...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text)).toEqual([
    'n0',
    'n11',
    'n19',
    'half whole',
  ]);
});

test('the picture is well-formed: tags balance, and text is escaped and without trailing blanks', async () => {
  const svg = await animatedSvg(castOf([written(0, 'a < b & c   '), written(2, '\r\n\x1b[7m>\x1b[0m')]));
  expect(openTags(svg)).toEqual([]);
  expect(svg).toContain('text{white-space:pre}');
  expect(svg).toContain('>a &lt; b &amp; c</text>');
  expect(svg).toContain('aria-label="Up &amp; &quot;down&quot;"');
  expect(svg.replaceAll(/&(?:amp|lt|gt|quot);/g, '')).not.toContain('&');
});
