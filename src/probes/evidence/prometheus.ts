import { type MetricSelector, parseMetricSelector, unescaped } from '../../core/drain/metric-selector.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { withTexts } from '../http.ts';
import { countOf, failed, numberForm, totalReading, unexpected } from './count.ts';

/** The sum of all series of a metric on a page in the text format of Prometheus, or of OpenMetrics. */
export async function readPrometheus(
  url: string,
  metric: string,
  signal: AbortSignal,
): Promise<EvidenceReading> {
  const selector = parseMetricSelector(metric);
  if (selector === undefined) return unexpected('selector', metric);
  return withTexts(url, signal, async (textAt) => {
    const fetched = await textAt('');
    return fetched.ok ? sumOf(fetched.text, selector) : failed(fetched.why);
  });
}

/**
 * A metric with no series that the selector takes is 0, if the page has the metric at all: a counter with labels is not
 * there before its first call.
 */
export function sumOf(page: string, { name, matches }: MetricSelector): EvidenceReading {
  let sum = 0;
  let isThere = false;
  for (const line of page.split('\n')) {
    if (isAboutMetric(line, name)) isThere = true;
    if (!isSampleOf(line, name)) continue;
    const sample = parseSample(line);
    if (sample === undefined) return unexpected('metric', line);
    isThere = true;
    if (!matches(sample.labels)) continue;
    const value = countOf(sample.value);
    if (value === undefined) return unexpected('count', line);
    sum += value;
  }
  if (!isThere) return unexpected('metric', page);
  const total = countOf(sum);
  return total === undefined ? unexpected('count', String(sum)) : totalReading(total);
}

function isSampleOf(line: string, name: string): boolean {
  const text = line.trimStart();
  return text.startsWith(name) && /^(?:[\s{]|$)/.test(text.slice(name.length));
}

/** `# TYPE` and `# HELP` name the family: for `…_total` and `…_count` without the ending. */
function isAboutMetric(line: string, name: string): boolean {
  const [, family] = /^\s*#\s*TYPE\s+(\S+)\s/.exec(line) ?? [];
  return (
    family !== undefined && (family === name || /^_(total|count|sum|bucket)$/.test(name.slice(family.length)))
  );
}

type Sample = { readonly labels: ReadonlyMap<string, string>; readonly value: number | string };

/** A pattern with two wildcards takes the square of a value's length: a page of one long value would hold us up. */
const labelMax = 1000;
const labelForm = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|(?=\}))/sy;

/** A line whose name is known: labels, the value, and after it a time and an exemplar, which nobody needs. */
function parseSample(line: string): Sample | undefined {
  const labels = new Map<string, string>();
  let at = line.search(/[\s{]\S/);
  const brace = /\{/.exec(line)?.index;
  const isLabelled = brace !== undefined && line.slice(0, brace).trim().split(/\s/).length === 1;
  if (isLabelled) {
    at = brace + 1;
    for (;;) {
      labelForm.lastIndex = at;
      const [all, label, value] = labelForm.exec(line) ?? [];
      if (all === undefined || label === undefined || value === undefined) break;
      if (value.length > labelMax) return undefined;
      labels.set(label, unescaped(value));
      at += all.length;
    }
    const [end] = /^\s*\}/.exec(line.slice(at)) ?? [];
    if (end === undefined) return undefined;
    at += end.length;
  }
  const [text] = /\S+/.exec(line.slice(Math.max(at, 0))) ?? [];
  if (text === undefined) return undefined;
  return { labels, value: numberForm.test(text) ? Number(text) : text };
}
