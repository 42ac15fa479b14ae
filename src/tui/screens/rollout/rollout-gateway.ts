import { cellsOf } from '../../../core/text/cells.ts';
import { visible } from '../../../core/text/visible.ts';
import { type Line, line, span } from '../../draw/line.ts';
import type { Model } from '../../model/model.ts';
import type { DrawContext } from '../../components/draw-context.ts';

const gatewayRows = 4;
const shareRows = 2;

/** The demo's proof: what the gateway sent where, and whether anything was lost. */
export function gatewayLines({ gateway }: Model, { words, columns }: DrawContext): readonly Line[] {
  if (gateway === undefined) return [];
  const said = words.rollout;
  const { perSecond, requests, failures, cacheTtlMs, instances, recent } = gateway;
  const shares = instances
    .toSorted((a, b) => a.endpoint.localeCompare(b.endpoint, 'en', { numeric: true }))
    .map(
      ({ endpoint, perSecond: each, version }) =>
        `${shortEndpoint(endpoint)} v${version} ${Math.round(each)}/s`,
    );
  const [last] = recent;
  const lines: readonly Line[] = [
    line(
      ` ${said.gateway(Math.round(perSecond), requests)}`,
      span(said.failures(failures), failures === 0 ? 'good' : 'bad'),
      span(` · ${said.lists(words.time(cacheTtlMs))}`, 'dim'),
    ),
    ...shareLines(shares.map(visible), columns),
    ...(last === undefined
      ? []
      : [line(span(`   ${visible(`${last.at.slice(11, 19)}Z ${last.endpoint} ${last.why}`)}`, 'bad'))]),
  ];
  return columns < 40 ? lines.slice(0, 1) : lines.slice(0, gatewayRows);
}

/** Each share whole: what does not fit a line goes on under it. */
function shareLines(shares: readonly string[], columns: number): readonly Line[] {
  const rows: string[] = [];
  for (const share of shares) {
    const longer = `${rows.at(-1)}  ${share}`;
    if (rows.length > 0 && cellsOf(longer) <= columns) rows.splice(-1, 1, longer);
    else rows.push(`   ${share}`);
  }
  return rows.slice(0, shareRows).map((row) => line(span(row, 'dim')));
}

/** The port tells the demo's instances apart: they share one address. */
function shortEndpoint(endpoint: string): string {
  return endpoint.replace(/^127\.0\.0\.1/, '');
}
