/** A metric of a Prometheus page by its name, and by labels that it must have. */
export type MetricSelector = {
  readonly name: string;
  readonly matches: (labels: ReadonlyMap<string, string>) => boolean;
};

type Matcher = {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
  readonly pattern: RegExp;
};

const form = /^\s*([a-zA-Z_:][\w:]*)\s*(?:\{(.*)\})?\s*$/s;
const matcherForm =
  /\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*(?:,|$)/sy;

/**
 * As Prometheus writes it: `http_requests_total{code="200",uri!~"/actuator.*"}`, where a label that is absent is empty,
 * and a pattern stands for the whole value. Undefined for what cannot be read.
 */
export function parseMetricSelector(text: string): MetricSelector | undefined {
  const [, name, inner = ''] = form.exec(text) ?? [];
  const matchers = matchersOf(inner);
  if (name === undefined || matchers === undefined) return undefined;
  return {
    name,
    matches: (labels) =>
      matchers.every(({ label, operator, value, pattern }) => {
        const found = labels.get(label) ?? '';
        const isSame = operator.endsWith('~') ? pattern.test(found) : found === value;
        return isSame !== operator.startsWith('!');
      }),
  };
}

function matchersOf(text: string): readonly Matcher[] | undefined {
  const matchers: Matcher[] = [];
  matcherForm.lastIndex = 0;
  while (text.slice(matcherForm.lastIndex).trim() !== '') {
    const [, label = '', operator = '', double, single] = matcherForm.exec(text) ?? [];
    if (label === '') return undefined;
    const value = unescaped(double ?? single ?? '');
    const pattern = patternOf(operator.endsWith('~') ? value : '');
    if (pattern === undefined) return undefined;
    matchers.push({ label, operator, value, pattern });
  }
  return matchers;
}

/** `(?i)` at its beginning is of Go. */
function patternOf(value: string): RegExp | undefined {
  const [, flags = '', rest = ''] = /^(?:\(\?([is]+)\))?(.*)$/s.exec(value) ?? [];
  try {
    return new RegExp(`^(?:${rest})$`, [...new Set(`${flags}s`)].join(''));
  } catch {
    return undefined;
  }
}

/** Of a label's value: `\n`, `\"`, `\\`; anything else stands for itself. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, one: string) => (one === 'n' ? '\n' : one));
}
