import type { EvidenceReading } from '../../world/world.ts';
import { withTexts } from '../http.ts';
import { countOf, failed, totalReading, unexpected } from './count.ts';
import { parseJson } from '../../core/text/json-text.ts';
import { atPath } from '../json-path.ts';

/** A count in a JSON answer: a number, or one written as a text, as servers do for the sake of JavaScript. */
export function readJson(url: string, path: string, signal: AbortSignal): Promise<EvidenceReading> {
  return withTexts(url, signal, async (textAt) => {
    const fetched = await textAt('');
    if (!fetched.ok) return failed(fetched.why);
    const body = parseJson(fetched.text);
    if (body === undefined) return unexpected('json', fetched.text);
    const found = atPath(body, path);
    const count = countOf(found);
    return count === undefined ? unexpected('count', JSON.stringify(found) ?? '') : totalReading(count);
  });
}
