import type { Cast } from './asciicast.ts';
import { emulator } from './emulator.ts';
import { escaped, lineHeight, lineSvg, sizeOf, textRule, textStyle } from './screen-svg.ts';

/** Screens that follow each other faster are seen as one. */
const frameSeconds = 1.2;
/** What is written over sooner was a half of a screen. */
const settledSeconds = 0.03;
const lastSeconds = 5;
const baseline = 26;
const plain = '#d4d4d4';

type Frame = { readonly at: number; readonly lines: readonly string[] };

/** A recording that plays without a script: the screens beside each other, moved through a window by keyframes. */
export async function animatedSvg(cast: Cast): Promise<string> {
  const frames = await framesOf(cast);
  const { width, height } = sizeOf(cast.columns, cast.rows);
  const ids = new Map<string, string>();
  const strip = frames.map(({ lines }, index) => {
    const uses = lines.map((line, row) => {
      if (line === '') return '';
      const id = ids.get(line) ?? `l${ids.size}`;
      ids.set(line, id);
      return `<use href="#${id}" y="${row * lineHeight + baseline}"/>`;
    });
    return `<g transform="translate(${index * width})">${uses.join('')}</g>`;
  });
  const end = (frames.at(-1)?.at ?? 0) + lastSeconds;
  const steps = frames.map(
    ({ at }, index) => `${((at / end) * 100).toFixed(3)}%{transform:translateX(${-index * width}px)}`,
  );
  const still = `transform:translateX(${-(frames.length - 1) * width}px)`;
  const defs = [...ids].map(([line, id]) => `<g id="${id}">${line}</g>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(cast.title)}">
<title>${escaped(cast.title)}</title>
<style>
${textRule}
#strip{animation:play ${end.toFixed(2)}s step-end infinite}
@keyframes play{${steps.join('')}100%{${still}}}
@media (prefers-reduced-motion:reduce){#strip{animation:none;${still}}}
</style>
<rect width="100%" height="100%" rx="8" fill="#1e1e1e"/>
<g ${textStyle} fill="${plain}">
<defs>
${defs.join('\n')}
</defs>
<g id="strip">
${strip.join('\n')}
</g>
</g>
</svg>
`;
}

/** A screen is kept once it has stood still, no sooner than a while after the one before; the last one always is. */
async function framesOf({ columns, rows, events }: Cast): Promise<Frame[]> {
  const screen = emulator(columns, rows);
  const frames: Frame[] = [];
  for (const [index, [at, , data]] of events.entries()) {
    await screen.write(data);
    const next = events[index + 1]?.[0] ?? Infinity;
    const before = frames.at(-1);
    const shown = before === undefined ? 0 : Math.max(at, before.at + frameSeconds);
    if (next < Math.max(at + settledSeconds, shown)) continue;
    const lines = Array.from({ length: rows }, (_, row) => lean(lineSvg(screen.terminal, row, 0)));
    if (before?.lines.join('\n') !== lines.join('\n')) frames.push({ at: shown, lines });
  }
  return frames;
}

/** A line without what all of them say: a character of Chinese is a text of its own, so that counts. */
function lean(line: string): string {
  return line.replaceAll(` y="${baseline}"`, '').replaceAll(` fill="${plain}"`, '');
}
