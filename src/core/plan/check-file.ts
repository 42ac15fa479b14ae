import * as z from 'zod';
import { changedByActuatorSchema, changedFileSchema } from './changed.ts';
import { durationSchema as duration } from '../text/duration.ts';
import { isUrlForm } from '../text/url-text.ts';

const noUrl = 'a URL is written http://HOST:PORT/PATH';

/** Host and port, with placeholders. */
const grpcAddressForm = /^(\{instance\}|[^\s/]+:(\{[\w.]+\}|\d{1,5}))$/;

const grpcForm = 'it is written {ip}:9090, or true for the instance’s own port';

const patience = {
  successes: z.number().int().min(1).max(100).optional(),
  within: duration.optional(),
  changed: changedFileSchema.optional(),
};

/** How a plan file says what must be well before an instance is put on. */
export const checkFileSchema = z.union(
  [
    z.literal('tcp'),
    z.literal('none'),
    z.strictObject({ http: z.string().refine(isUrlForm, noUrl), ...patience }),
    z.strictObject({ tcp: z.literal(true), ...patience }),
    z.strictObject({ run: z.string().min(1), ...patience }),
    z.strictObject({
      actuator: z.string().refine(isUrlForm, noUrl),
      ...patience,
      changed: changedByActuatorSchema.optional(),
    }),
    /** `true`: at the instance's own port. */
    z.strictObject({
      grpc: z.union([z.literal(true), z.string().regex(grpcAddressForm, grpcForm)], { error: grpcForm }),
      service: z.string().min(1).optional(),
      ...patience,
    }),
  ],
  {
    error:
      'a check is written tcp, none, { http: "http://{ip}:{port}/health", successes: 3, within: 3m }, or with actuator: "http://{ip}:{port}/actuator", grpc: "{ip}:{port}" or run: ./check.sh for http',
  },
);
