import type { Evidence } from './evidence.ts';
import { parseMetricSelector } from './metric-selector.ts';

/**
 * One source as a flag has it: `actuator:URL`, `prometheus:URL#METRIC`, `json:URL#PATH`, `command:LINE`, `connections`,
 * `connections:COMMAND`. Callers to be ignored stand in brackets behind the kind: `connections[10.0.0.9]`,
 * `actuator[/health,/ready]:URL`. Undefined for anything else.
 */
export function parseEvidence(text: string): Evidence | undefined {
  const parts = evidenceParts(text);
  if (parts === undefined) return undefined;
  const { kind, ignore, given, url, part } = parts;
  if (given === '' || ignore?.includes('')) return undefined;
  const beside = ignore === undefined ? {} : { ignore };
  if (kind === 'connections')
    return { kind: 'connections', ...(given !== undefined && { run: given }), ...beside };
  if (given === undefined) return undefined;
  if (kind === 'command') return { kind: 'command', run: given, ...beside };
  if (url === undefined) return undefined;
  if (kind === 'actuator') return part === undefined ? { kind: 'actuator', url, ...beside } : undefined;
  if (!part || ignore !== undefined) return undefined;
  if (kind === 'prometheus') return parseMetricSelector(part) && { kind: 'prometheus', url, metric: part };
  return kind === 'json' ? { kind: 'json', url, path: part } : undefined;
}

type Parts = {
  readonly kind: string;
  readonly ignore: readonly string[] | undefined;
  /** What stands behind the colon. */
  readonly given: string | undefined;
  /** Where that begins with one. */
  readonly url: string | undefined;
  /** What stands behind the URL's `#`. */
  readonly part: string | undefined;
};

/** Undefined where it does not begin with a word, or its brackets do not end. */
export function evidenceParts(text: string): Parts | undefined {
  const match = /^([a-z]+)(?:\[(.*?)\](?=:|$))?(?::(.*))?$/s.exec(text.trim());
  const [, kind, names, rest] = match ?? [];
  if (kind === undefined) return undefined;
  const given = rest?.trim();
  const ignore = names?.split(',').map((name) => name.trim());
  const [, url, part] = /^(https?:\/\/[^\s#]+)(?:#(.*))?$/s.exec(given ?? '') ?? [];
  return { kind, ignore, given, url, part };
}

/** What `parseEvidence` reads back to the same. */
function evidenceLine(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'actuator':
      return `actuator${brackets(evidence.ignore)}:${evidence.url}`;
    case 'prometheus':
      return `prometheus:${evidence.url}#${evidence.metric}`;
    case 'json':
      return `json:${evidence.url}#${evidence.path}`;
    case 'command':
      return `command${brackets(evidence.ignore)}:${evidence.run}`;
    case 'connections':
      return `connections${brackets(evidence.ignore)}${evidence.run === undefined ? '' : `:${evidence.run}`}`;
  }
}

function brackets(ignore: readonly string[] | undefined): string {
  return ignore === undefined ? '' : `[${ignore.join(',')}]`;
}

const between = /\s\+\s+(?=(?:connections|(?:actuator|prometheus|json|command)(?:\[.*?\])?:))/;

/** Several sources in one line, with ` + ` between; undefined where one of them is none. */
export function parseEvidenceLine(text: string): readonly Evidence[] | undefined {
  const sources = text.trim() === '' ? [] : text.split(between).map(parseEvidence);
  return sources.every((source) => source !== undefined) ? sources : undefined;
}

export function evidenceLines(evidence: readonly Evidence[]): string {
  return evidence.map(evidenceLine).join(' + ');
}
