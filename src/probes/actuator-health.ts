import type { Reading } from '../core/event/failure.ts';
import { unexpectedReading } from './found.ts';
import { type Fetched, withTexts } from './http.ts';
import { parseJson } from '../core/text/json-text.ts';
import { fieldOf } from './json-path.ts';

/**
 * Spring Boot's own word: `health/readiness`, or `health` where there is no such group. What it says counts, not the
 * status alone: a proxy or an error page may answer 200.
 */
export function measureActuatorHealth(base: string, signal: AbortSignal): Promise<Reading> {
  return withTexts(base.replace(/\/+$/, ''), signal, async (textAt) => {
    const readiness = await textAt('/health/readiness');
    const isMissing = !readiness.ok && readiness.why.kind === 'http-status' && readiness.why.status === 404;
    return healthOf(isMissing ? await textAt('/health') : readiness);
  });
}

function healthOf(fetched: Fetched): Reading {
  const status = fieldOf(parseJson(fetched.text), 'status');
  if (typeof status === 'string' && status !== 'UP')
    return { kind: 'not-up', status: status.slice(0, statusMax) };
  if (!fetched.ok) return fetched.why;
  return status === 'UP' ? { kind: 'good', ms: 0 } : unexpectedReading('health', fetched.text);
}

const statusMax = 60;
