import { visible } from '../../core/visible.ts';
import { type Line, line, span } from '../line.ts';
import type { Model } from '../model.ts';
import type { Paint } from '../paint.ts';

const gatewayRows = 3;

/** The demo's proof: what the gateway sent where, and whether anything was lost. */
export function gatewayLines({ gateway }: Model, { words, columns }: Paint): readonly Line[] {
  if (gateway === undefined) return [];
  const said = words.rollout;
  const { perSecond, requests, failures, instances, recent } = gateway;
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
    ),
    line(span(`   ${visible(shares.join('  '))}`, 'dim')),
    ...(last === undefined
      ? []
      : [line(span(`   ${visible(`${last.at.slice(11, 19)} ${last.endpoint} ${last.why}`)}`, 'bad'))]),
  ];
  return columns < 40 ? lines.slice(0, 1) : lines.slice(0, gatewayRows);
}

/** The port tells the demo's instances apart: they share one address. */
function shortEndpoint(endpoint: string): string {
  return endpoint.replace(/^127\.0\.0\.1/, '');
}
