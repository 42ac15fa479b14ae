import * as z from 'zod';

/** How one Nacos is reached, without any secret: kept in journals, handed to the runner, made from a profile and flags. */
const connectionSpecSchema = z.object({
  /** The profile that most of it came from. */
  profile: z.string().optional(),
  /** Base addresses such as `http://10.0.0.1:8848`, without the context path; tried in turn. */
  servers: z.array(z.string()).min(1).readonly(),
  /** Further server nodes that the operator accepted: they get the token, never the password. */
  acceptedNodes: z.array(z.string()).readonly(),
  /** `/nacos` unless the server was put elsewhere; empty for none. */
  contextPath: z.string(),
  namespace: z.string(),
  username: z.string().optional(),
  /** `env:NAME`, `file:PATH` or `command:…`; absent where the password is typed or there is none. */
  passwordFrom: z.string().optional(),
  /** References too: the access key that requests are signed with, in place of a user. */
  accessKeyFrom: z.string().optional(),
  secretKeyFrom: z.string().optional(),
  securityTokenFrom: z.string().optional(),
  signatureRegion: z.string().optional(),
  /** Paths of PEM files. */
  tls: z.object({ ca: z.string().optional(), cert: z.string().optional(), key: z.string().optional() }),
  dialect: z.enum(['v1', 'v3']).optional(),
  isProduction: z.boolean(),
  isReadOnly: z.boolean(),
});
export type ConnectionSpec = z.infer<typeof connectionSpecSchema>;

/** A connection and what answered on it. */
export const reachedSchema = connectionSpecSchema.extend({ product: z.string(), version: z.string() });
export type Reached = z.infer<typeof reachedSchema>;
