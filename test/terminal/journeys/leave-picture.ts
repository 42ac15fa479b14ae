import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenSvg } from '../../support/terminal/screen-svg.ts';
import type { Stage } from './journey.ts';

/** Where whoever wants to look at the screens of all journeys has them left: a picture a step. */
const album = process.env['JOURNEY_PICTURES'];

/** What the console shows after a step, in a file whose name says after which one; the same each time that it is played. */
export function leavePicture({ setting, at }: Stage, journey: string, step: number): void {
  if (album === undefined || album === '') return;
  const { size, language, hasColor } = setting;
  const place = `${size.columns}x${size.rows}-${language}${hasColor ? '' : '-no-color'}`;
  const directory = join(album, journey.replaceAll(/\W+/g, '-'), place);
  mkdirSync(directory, { recursive: true });
  const name = String(step).padStart(2, '0');
  writeFileSync(join(directory, `${name}.svg`), screenSvg(at, `${journey}, step ${step}, ${place}`));
}
