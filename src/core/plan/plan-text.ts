import { parseDuration } from '../text/duration.ts';
import { nearest } from '../text/nearest.ts';
import { isUrlForm } from '../text/url-text.ts';
import { type Companion, type NamedCompanion, isPattern } from './companion-rules.ts';
import type { PlanFile, PlanFileService } from './plan-file.ts';
import { splitName } from '../registry/service-name.ts';
import { type ConsumerKind, consumerKinds } from './drain-presets.ts';

type Settings = NonNullable<PlanFile['defaults']>;
type Order = NonNullable<PlanFileService['order']>;

/** `40s` or the name of a kind of consumer; undefined for anything else. */
export function parseDrain(text: string): Settings['drain'] {
  if ((consumerKinds as readonly string[]).includes(text)) return { consumers: text as ConsumerKind };
  return parseDuration(text) === undefined ? undefined : { time: text };
}

/** A URL, `tcp`, `none`, `actuator:URL`, `grpc:HOST:PORT/SERVICE`, or a command line; undefined for a URL that nobody can ask. */
export function parseCheck(text: string): Settings['check'] {
  if (text === '') return undefined;
  if (text === 'tcp' || text === 'none') return text;
  if (isUrlForm(text)) return { http: text };
  const [, actuator] = /^actuator:(https?:\/\/\S+)$/.exec(text) ?? [];
  if (actuator !== undefined) return isUrlForm(actuator) ? { actuator } : undefined;
  const [grpc, at, service] =
    /^grpc(?::([^\s/]+:(?:\{[\w.]+\}|\d{1,5})|\{instance\}))?(?:\/(\S+))?$/.exec(text) ?? [];
  if (grpc !== undefined) return { grpc: at ?? true, ...(service !== undefined && { service }) };
  // What was meant is plain, and no program is called so.
  if (/^(actuator|grpc):/.test(text)) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : { run: text };
}

/** What `parseCheck` takes for this check; its patience does not fit in a line. */
export function checkLine(check: NonNullable<Settings['check']>): string {
  if (typeof check === 'string') return check;
  if ('http' in check) return check.http;
  if ('run' in check) return check.run;
  if ('tcp' in check) return 'tcp';
  if ('actuator' in check) return `actuator:${check.actuator}`;
  if ('grpc' in check)
    return `grpc${check.grpc === true ? '' : `:${check.grpc}`}${check.service === undefined ? '' : `/${check.service}`}`;
  return check satisfies never;
}

/** A command line; undefined for `none`, which takes away elsewhere what a profile has, and is no program. */
export function parseLine(text: string): string | undefined {
  return text.trim() === 'none' ? undefined : text;
}

/** `GET http://…`, or a command line; undefined for a URL without its method. */
export function parseBack(text: string): Settings['back'] {
  if (/^(GET|POST|PUT|PATCH|DELETE) https?:\/\/\S+$/.test(text)) return { http: text };
  const isLine = text.trim() !== '' && parseLine(text) !== undefined;
  return isLine && !/^(\w+ +)?https?:\/\//i.test(text) ? { run: text } : undefined;
}

/** The same, and with `instead:` before it in place of `enabled=false`. */
export function parseLeave(text: string): Settings['leave'] {
  if (insteadMeant(text) !== undefined) return undefined;
  const [, instead, rest = ''] = /^(instead:)?(.*)$/s.exec(text) ?? [];
  const call = parseBack(rest.trim());
  return call && { ...call, ...(instead !== undefined && { instead: true }) };
}

/** What was meant by a call with another word before it than `instead:`, which no program is called. */
export function insteadMeant(text: string): string | undefined {
  const [, word = '', colon, call] =
    /^\s*(\w+)\s*([:：]?)\s*((?:GET|POST|PUT|PATCH|DELETE) +https?:\/\/\S+)\s*$/i.exec(text) ?? [];
  if (call === undefined || text.startsWith('instead:')) return undefined;
  return colon !== '' || nearest(word, ['instead']) !== undefined ? `instead:${call}` : undefined;
}

/** `4` or `75%`. */
export function parseMinimum(text: string): Settings['minimum'] {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  return /^(100|\d{1,2})%$/.test(text) ? text : undefined;
}

/**
 * `[GROUP@@]NAME`, `process` or `ip`. A name may end like a port, as `providers:com.acme.Orders:1.0.0:2` does: see
 * `withoutPort`.
 */
export function parseCompanion(text: string): Companion | undefined {
  const word = text.trim();
  if (word === 'process' || word === 'ip') return word;
  const typed = splitName(word);
  const isName = /^\S+$/.test(typed.service) && /^\S*$/.test(typed.group ?? '');
  return isName ? portOfPattern(typed) : undefined;
}

/** What `parseCompanion` takes for each of these, with blanks between. */
export function companionLines(companions: readonly Companion[] = []): string {
  return companions.map(companionLine).join(' ');
}

function companionLine(companion: Companion): string {
  if (typeof companion === 'string') return companion;
  const { group, service, port } = companion;
  return `${group === undefined ? '' : `${group}@@`}${service}${port === undefined ? '' : `:${port}`}`;
}

/**
 * What a companion means when the end of its name is a port, `:8081`, or as a distance from the instance's own, `:+30`;
 * undefined when it is neither.
 */
export function withoutPort(companion: NamedCompanion): NamedCompanion | undefined {
  const match = /^(.+?):([+-]?)(\d{1,5})$/.exec(companion.service);
  const [, service, sign, digits] = match ?? [];
  if (service === undefined || companion.port !== undefined) return undefined;
  const number = Number(digits);
  if (number > 65_535 || (number === 0 && !sign)) return undefined;
  return { ...companion, service, port: sign ? `${sign}${digits}` : number };
}

/** The shortest that is taken for a port after a pattern: a version or a group of Dubbo may end a name too. */
const portDigitsMin = 4;

/** A pattern is no registered name: a port after its last `*` is one, `providers:*:20880`. */
function portOfPattern(companion: NamedCompanion): NamedCompanion {
  const other = isPattern(companion) ? withoutPort(companion) : undefined;
  if (other?.service.endsWith('*') !== true) return companion;
  const isPort = typeof other.port === 'string' || String(other.port).length >= portDigitsMin;
  return isPort ? other : companion;
}

/** `ip`, `weight`, `cluster`, `traffic`, `given`, or `metadata:KEY`. */
export function parseOrder(text: string): Order | undefined {
  const plain = (['ip', 'weight', 'cluster', 'traffic', 'given'] as const).find((by) => by === text);
  if (plain !== undefined) return { by: plain };
  const key = /^metadata:(.+)$/.exec(text)?.[1];
  return key === undefined ? undefined : { by: 'metadata', key };
}
