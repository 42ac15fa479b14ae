import { stamp } from '../../core/text/stamp.ts';
import type { CallMeter } from './call-meter.ts';
import { metricBody, type Metric } from './metric.ts';

/** What is answered, and by which URI pattern the call is counted. */
export type ApplicationReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly uri: string;
};

export type ActuatorSources = {
  readonly meter: CallMeter;
  readonly port: number;
  readonly version: string;
  /** Its health is `DOWN`. */
  readonly isIll: boolean;
  /** Since the epoch. */
  readonly startedWallMs: number;
  readonly nowWallMs: number;
};

const actuatorType = { 'content-type': 'application/vnd.spring-boot.actuator.v3+json' };
/** Spring's guard where a path ends like the name of a file, as a metric's does. */
const asInline = { 'content-disposition': 'inline;filename=f.txt' };
const base = '/actuator';
const healthGroups = ['liveness', 'readiness'];
const errors = {
  400: { error: 'Bad Request', uri: `${base}/metrics/{requiredMetricName}`, more: {} },
  404: { error: 'Not Found', uri: '/**', more: {} },
  405: { error: 'Method Not Allowed', uri: 'UNKNOWN', more: { allow: 'GET' } },
} as const;

/** Answers a GET below `/actuator` as Spring Boot 3 with its health, info and metrics exposed does. */
export function actuatorReply(url: URL, sources: ActuatorSources): ApplicationReply {
  const path = url.pathname.slice(base.length);
  const [, endpoint = '', ...rest] = path.split('/');
  const name = rest.join('/');
  if (path === '') return json(base, links(url.origin));
  if (path === '/info') return json(`${base}/info`, { app: { version: sources.version } });
  if (endpoint === 'health') return healthReply(name, sources.isIll);
  if (path === '/metrics')
    return json(`${base}/metrics`, { names: metricsOf(sources).map((metric) => metric.name) });
  if (endpoint === 'metrics') return metricReply(name, url, sources);
  return errorReply(404, url.pathname, sources.nowWallMs);
}

/** Spring's own page of an error, as JSON. */
export function errorReply(status: 400 | 404 | 405, path: string, wallMs: number): ApplicationReply {
  const { error, uri, more } = errors[status];
  const timestamp = stamp(wallMs).replace('Z', '+00:00');
  const headers = { ...more, ...(/\.[^/]*$/.test(path) ? asInline : {}), 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify({ timestamp, status, error, path }), uri };
}

function json(uri: string, body: unknown, status = 200): ApplicationReply {
  return { status, headers: actuatorType, body: JSON.stringify(body), uri };
}

function links(origin: string): unknown {
  const link = (path: string, templated = false): unknown => ({ href: `${origin}${base}${path}`, templated });
  return {
    _links: {
      self: link(''),
      health: link('/health'),
      'health-path': link('/health/{*path}', true),
      info: link('/info'),
      'metrics-requiredMetricName': link('/metrics/{requiredMetricName}', true),
      metrics: link('/metrics'),
    },
  };
}

function healthReply(group: string, isIll: boolean): ApplicationReply {
  const status = isIll ? 'DOWN' : 'UP';
  const code = isIll ? 503 : 200;
  if (group === '') return json(`${base}/health`, { status, groups: healthGroups }, code);
  const uri = `${base}/health/**`;
  if (group === 'liveness') return json(uri, { status: 'UP' });
  return group === 'readiness' ? json(uri, { status }, code) : nothing(uri);
}

function nothing(uri: string): ApplicationReply {
  return { status: 404, headers: { 'content-length': '0' }, body: '', uri };
}

function metricReply(name: string, url: URL, sources: ActuatorSources): ApplicationReply {
  const uri = `${base}/metrics/{requiredMetricName}`;
  const given = url.searchParams.getAll('tag').flatMap((tag) => tag.split(','));
  if (given.some((tag) => !tag.includes(':'))) return errorReply(400, url.pathname, sources.nowWallMs);
  const tags = given.map((tag) => ({
    name: tag.slice(0, tag.indexOf(':')),
    value: tag.slice(tag.indexOf(':') + 1),
  }));
  const metric = metricsOf(sources).find((one) => one.name === name);
  const body = metric && metricBody(metric, tags);
  return body === undefined
    ? nothing(uri)
    : { status: 200, headers: { ...asInline, ...actuatorType }, body, uri };
}

function metricsOf({ meter, port, startedWallMs, nowWallMs }: ActuatorSources): readonly Metric[] {
  const single = (name: string, baseUnit: string, value: number, description?: string): Metric => ({
    name,
    ...(description === undefined ? {} : { description }),
    baseUnit,
    samples: [{ tags: {}, values: { VALUE: value } }],
  });
  const threads = { tags: { name: `http-nio-${port}` }, values: { VALUE: meter.activeCount } };
  const all: readonly Metric[] = [
    meter.requests(),
    meter.active(),
    single(
      'process.start.time',
      'seconds',
      startedWallMs / 1000,
      'Start time of the process since unix epoch.',
    ),
    single(
      'process.uptime',
      'seconds',
      (nowWallMs - startedWallMs) / 1000,
      'The uptime of the Java virtual machine',
    ),
    { name: 'tomcat.threads.busy', baseUnit: 'threads', samples: [threads] },
  ];
  return all.filter(({ samples }) => samples.length > 0);
}
