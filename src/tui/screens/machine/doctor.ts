import { wrap } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import type { Diagnosis } from '../../../runner/ports/diagnosis.ts';
import type { DrawContext, Drawn } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';
import { scrolled } from '../../components/scroll.ts';
import { type Line, type Tone, cell, line, span } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { PlaceNamed } from '../../model/place.ts';

const tones: Readonly<Record<Diagnosis['level'], Tone>> = { good: 'good', warning: 'warn', bad: 'bad' };

/** What the doctor found, what is bad first, and above it what was mended just before. */
export function doctorScreen(model: Model, screen: PlaceNamed<'doctor'>, paint: DrawContext): Drawn {
  const said = paint.words.machine.doctor;
  const { value, isLoading } = model.doctor;
  const of = (level: Diagnosis['level']): number =>
    (value?.found ?? []).filter((one) => one.level === level).length;
  const title = line(
    ' ',
    span(value === undefined ? said.name : said.title(of('bad'), of('warning')), 'strong'),
    span(isLoading ? `  ${said.looking}` : '', 'busy'),
  );
  const lines = doctorLines(model, paint);
  return { title, body: scrolled(lines, screen.cursor, paint.height, paint.words) };
}

export function doctorLines(model: Model, paint: DrawContext): readonly Line[] {
  const { value } = model.doctor;
  const said = paint.words.machine.doctor;
  if (value === undefined) return paragraph(said.lookingLong, paint.columns, 'dim');
  const { found, mended, canMend } = value;
  return [
    ...(mended.length === 0
      ? []
      : [line(span(` ${said.mended}`, 'strong')), ...mended.flatMap((one) => ailmentLines(one, paint)), []]),
    ...found.flatMap((one) => ailmentLines(one, paint)),
    ...(canMend ? [[], ...paragraph(said.canMend(paint.keys), paint.columns, 'dim')] : []),
  ];
}

function ailmentLines(ailment: Diagnosis, { words, glyphs, columns, keys }: DrawContext): readonly Line[] {
  const glyph = glyphs.finding[ailment.level === 'bad' ? 'refused' : ailment.level];
  const tone = tones[ailment.level];
  const text = words
    .ailment(ailment, keys)
    .split('\n')
    .flatMap((part) => wrap(visible(part), Math.max(10, columns - 6)));
  return text.map((part, index) =>
    line(
      ' ',
      cell(index === 0 ? glyph : '', 3, tone),
      span(part, ailment.level === 'good' ? 'dim' : 'plain'),
    ),
  );
}
