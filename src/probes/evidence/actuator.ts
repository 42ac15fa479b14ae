import type { Counter } from '../../core/drain/call-tally.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { type Fetched, withTexts } from '../http.ts';
import { parseJson } from '../../core/text/json-text.ts';
import { fieldOf } from '../json-path.ts';
import { countOf, everyCaller, failed, unexpected } from './count.ts';

type TextAt = (path: string) => Promise<Fetched>;
/** A metric of Spring Boot; `none` where the application has not measured it (yet). */
type Metric = { readonly kind: 'metric'; readonly body: unknown } | { readonly kind: 'none' };
type MetricRead = Metric | (EvidenceReading & { kind: 'failed' });

const calls = '/metrics/http.server.requests';
/** The first is of Spring Boot 3; the other is of its Tomcat, where `server.tomcat.mbeanregistry.enabled` is set. */
const gauges = [
  { path: '/metrics/http.server.requests.active', statistic: 'ACTIVE_TASKS' },
  { path: '/metrics/tomcat.threads.busy', statistic: 'VALUE' },
] as const;

/**
 * Spring Boot's own count of the requests that it has answered, from a base URL as `http://10.0.0.1:8080/actuator`. Each
 * URI but our own and those of `ignore` is asked for by itself: a sum of counters that only grow only grows, where a
 * total less what is left out may go back between two requests.
 */
export function readActuator(
  base: string,
  ignore: readonly string[],
  signal: AbortSignal,
): Promise<EvidenceReading> {
  const trimmed = base.replace(/\/+$/, '');
  return withTexts(trimmed, signal, async (textAt) => {
    // First, while nobody but this request itself is being answered.
    const active = await readActive(textAt);
    if (active.kind === 'failed') return active;
    const all = await readMetric(textAt, calls);
    if (all.kind === 'failed') return all;
    if (all.kind === 'none') return (await noCallYet(textAt)) ?? read([], active.count, false);
    const uris = urisOf(all.body);
    if (uris === undefined) return unexpected('metric', JSON.stringify(all.body));
    const isOwn = ownUris(trimmed, uris);
    const asked = uris.filter((uri) => !isOwn(uri) && !ignore.includes(uri));
    const counters = await Promise.all(asked.map((uri) => readUri(textAt, uri)));
    const bad = counters.find((one) => one.kind === 'failed');
    return (
      bad ??
      read(
        counters.filter((one) => one.kind !== 'failed'),
        active.count,
        uris.some(isOwn),
      )
    );
  });
}

type UriCount = { readonly kind: 'count' } & Counter;

/** Whether our own requests are counted shows in the list: they are not where the management port is another. */
function read(
  counters: readonly UriCount[],
  active: number | undefined,
  isOwnCounted: boolean,
): EvidenceReading {
  return {
    kind: 'read',
    reading: {
      unit: 'calls',
      isPerCaller: false,
      counters: counters.map(({ caller, key, value }) => ({ caller, key, value })),
      ...(active !== undefined && { active: Math.max(0, active - (isOwnCounted ? 1 : 0)) }),
    },
  };
}

async function readMetric(textAt: TextAt, path: string): Promise<MetricRead> {
  const fetched = await textAt(path);
  if (fetched.ok) {
    const body = parseJson(fetched.text);
    return body === undefined ? unexpected('json', fetched.text) : { kind: 'metric', body };
  }
  const { why } = fetched;
  return why.kind === 'http-status' && why.status === 404 ? { kind: 'none' } : failed(why);
}

/** A wrong URL answers 404 as well: only who lists metrics has measured no call. */
async function noCallYet(textAt: TextAt): Promise<EvidenceReading | undefined> {
  const fetched = await textAt('/metrics');
  if (!fetched.ok) return failed(fetched.why);
  const body = parseJson(fetched.text);
  return Array.isArray(fieldOf(body, 'names')) ? undefined : unexpected('metric', fetched.text);
}

async function readActive(
  textAt: TextAt,
): Promise<{ kind: 'active'; count: number | undefined } | (EvidenceReading & { kind: 'failed' })> {
  for (const { path, statistic } of gauges) {
    const metric = await readMetric(textAt, path);
    if (metric.kind === 'failed') return metric;
    if (metric.kind === 'none') continue;
    const count = statisticOf(metric.body, statistic);
    return count === undefined
      ? unexpected('metric', JSON.stringify(metric.body))
      : { kind: 'active', count };
  }
  return { kind: 'active', count: undefined };
}

async function readUri(
  textAt: TextAt,
  uri: string,
): Promise<UriCount | (EvidenceReading & { kind: 'failed' })> {
  const tag = `tag=${encodeURIComponent(`uri:${uri}`)}`;
  // Spring splits a single value at its commas, and two are taken as they are.
  const metric = await readMetric(textAt, `${calls}?${uri.includes(',') ? `${tag}&${tag}` : tag}`);
  if (metric.kind === 'failed') return metric;
  if (metric.kind === 'none') return unexpected('metric', '');
  const value = statisticOf(metric.body, 'COUNT');
  return value === undefined
    ? unexpected('metric', JSON.stringify(metric.body))
    : { kind: 'count', caller: everyCaller, key: uri, value };
}

function urisOf(body: unknown): readonly string[] | undefined {
  const tags = fieldOf(body, 'availableTags');
  if (!Array.isArray(tags)) return undefined;
  const values = fieldOf(
    tags.find((one) => fieldOf(one, 'tag') === 'uri'),
    'values',
  );
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : undefined;
}

function statisticOf(body: unknown, statistic: string): number | undefined {
  const measurements = fieldOf(body, 'measurements');
  if (!Array.isArray(measurements)) return undefined;
  return countOf(
    fieldOf(
      measurements.find((one) => fieldOf(one, 'statistic') === statistic),
      'value',
    ),
  );
}

const ownPattern = '/metrics/{requiredMetricName}';
/** What probes and scrapers ask where Actuator has no path of its own. */
const rootEndpoints = /^\/(metrics|health|prometheus|info)(\/.*)?$/;

/** URIs of Actuator: those that begin as it does, however much of the path a gateway or a context takes away. */
function ownUris(base: string, uris: readonly string[]): (uri: string) => boolean {
  const path = base.replace(/^\w+:\/\/[^/?#]*/, '');
  const listed = uris
    .filter((uri) => uri.endsWith(ownPattern))
    .map((uri) => uri.slice(0, -ownPattern.length));
  const prefixes = [...listed, path, path.slice(path.lastIndexOf('/'))].filter((prefix) => prefix !== '');
  const isAtRoot = path === '' || listed.includes('');
  return (uri) =>
    prefixes.some((prefix) => uri === prefix || uri.startsWith(`${prefix}/`)) ||
    (isAtRoot && rootEndpoints.test(uri));
}
