import * as z from 'zod';

const milliseconds = z.number().int().nonnegative();
/** Callers that are not consumers: a health checker, a scraper. As the source names them. */
const ignore = z.array(z.string()).readonly().optional();

/** Where it is read whether an instance is still called. URLs and words hold placeholders; a command line never does. */
const evidenceSchema = z.discriminatedUnion('kind', [
  /** Spring Boot: the base URL, as in `http://{ip}:{port}/actuator`. `ignore`: URIs that consumers do not ask. */
  z.object({ kind: z.literal('actuator'), url: z.string(), ignore }),
  /** A metric of a Prometheus page that counts calls, with an optional selector: `http_requests_total{code="200"}`. */
  z.object({ kind: z.literal('prometheus'), url: z.string(), metric: z.string() }),
  /** A number in a JSON answer; `path` as in `data.calls.0`. */
  z.object({ kind: z.literal('json'), url: z.string(), path: z.string() }),
  /** A command line that prints a number that only grows, or lines `CALLER NUMBER`. */
  z.object({ kind: z.literal('command'), run: z.string().min(1), ignore }),
  /** Established TCP connections to the port, and when data last came in. `run` prints what `ss -tinH` would there. */
  z.object({ kind: z.literal('connections'), run: z.string().min(1).optional(), ignore }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a drain by evidence needs beyond its preset. */
export const evidenceLimitsSchema = z.object({
  evidence: z.array(evidenceSchema).min(1).readonly(),
  /** Nothing ends it earlier. */
  floorMs: milliseconds,
  /** While calls arrive it goes on, until this; then a person, or the plan, decides. */
  ceilingMs: milliseconds,
  /** How sure we are that nobody calls any more when it ends before its preset: 0.999 errs once in a thousand targets. */
  certainty: z.number().gt(0).lt(1),
  /** How often the rarest consumer calls each instance, a second: lets a source that cannot tell callers apart shorten. */
  slowestPerSecond: z.number().positive().optional(),
});
export type EvidenceLimits = z.infer<typeof evidenceLimitsSchema>;

export const evidenceDefaults = { floorMs: 5000, ceilingMs: 180_000, certainty: 0.999 } as const;
