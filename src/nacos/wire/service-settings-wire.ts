import * as z from 'zod';
import type { ServiceDetail } from '../../core/registry/service.ts';
import { metadataWire } from './records.ts';

const noSelector = 'none';

/** What a server keeps about a service itself, in either dialect. */
export const serviceSettings = z.object({
  /** One that cannot be read is as good as the highest: it then holds whatever the others are. */
  protectThreshold: z.number().default(0).catch(1),
  selector: z
    .object({ type: z.string().nullish(), expression: z.string().nullish() })
    .nullish()
    .catch(undefined)
    .transform((selector) => {
      const { type, expression } = selector ?? {};
      if (!type || type === noSelector) return noSelector;
      return JSON.stringify({ type, ...(expression ? { expression } : {}) });
    }),
  metadata: metadataWire.catch({}),
});

/** All of it: an update of a service drops what it does not name. */
export function settingsOf(detail: ServiceDetail): Record<string, string> {
  const { protectThreshold, selector, metadata = {} } = detail;
  return {
    protectThreshold: String(protectThreshold),
    ...(selector === noSelector ? {} : { selector }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata: JSON.stringify(metadata) }),
  };
}
