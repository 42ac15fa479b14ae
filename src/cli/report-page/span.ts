import { type Scale, placeOf } from '../../core/report/scale.ts';

/** From where to where, as attributes of a rectangle. */
export function spanOf(
  scale: Scale,
  fromMs: number,
  toMs: number,
): { readonly x: string; readonly width: string } {
  const from = placeOf(scale, fromMs);
  const width = Math.round((placeOf(scale, toMs) - from) * 1e3) / 1e3;
  return { x: `${from}%`, width: `${Math.max(0, width)}%` };
}
