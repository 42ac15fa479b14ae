import { type Changed, changedText } from '../core/plan/changed.ts';
import { type Registration } from '../core/plan/plan.ts';
import { fillPlaceholders } from '../core/plan/placeholders.ts';
import type { Reading } from '../core/event/failure.ts';
import type { Proof } from '../world/world.ts';
import { unexpectedReading } from './found.ts';
import { withTexts } from './http.ts';
import { parseJson } from '../core/text/json-text.ts';
import { atPath } from './json-path.ts';

/** It is kept in the journal. */
const valueMax = 200;

/** What it is now, and with a proof wanted whether that is another value than before, or the one that was wanted. */
export async function measureChanged(
  changed: Changed,
  registration: Registration,
  proof: Proof | undefined,
  signal: AbortSignal,
): Promise<Reading> {
  const reading = await valueOf(changed, registration, signal);
  if (reading.kind !== 'good' || proof === undefined) return reading;
  const { value = '' } = reading;
  const { to } = changed;
  const isProven = to === undefined ? value !== proof.before : value === to;
  if (isProven) return reading;
  return { kind: 'not-changed', what: changedText(changed), value, ...(to !== undefined && { wanted: to }) };
}

async function valueOf(changed: Changed, registration: Registration, signal: AbortSignal): Promise<Reading> {
  if (changed.kind === 'metadata') return good(registration.metadata[changed.key] ?? '');
  return withTexts(fillPlaceholders(changed.url, registration, 'url'), signal, async (textAt) => {
    const fetched = await textAt('');
    if (!fetched.ok) return fetched.why;
    if (changed.path === undefined) return good(fetched.text);
    const body = parseJson(fetched.text);
    if (body === undefined) return unexpectedReading('json', fetched.text);
    const found = atPath(body, changed.path);
    if (found === undefined) return unexpectedReading('value', fetched.text);
    return good(typeof found === 'string' ? found : JSON.stringify(found));
  });
}

function good(value: string): Reading {
  return { kind: 'good', ms: 0, value: value.trim().slice(0, valueMax).toWellFormed() };
}
