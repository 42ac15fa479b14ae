import * as z from 'zod';
import {
  isServiceKey,
  profileDefaultsSchema,
  serviceSettingsSchema,
} from '../core/plan-reading/service-settings.ts';
import { parseReference } from '../core/registry/secret-reference.ts';

const path = z.string().min(1);
const secretFrom = (what: string) =>
  z
    .string()
    .refine(
      (text) => parseReference(text) !== undefined,
      `${what} is written env:NAME, file:PATH or command:…, never literally`,
    );
const keyFrom = secretFrom('an access key');

export const profileName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u,
    'a profile name has letters, digits, dots, dashes and underscores',
  );

const serviceKey = z.string().refine(isServiceKey, 'a service is written NAME or GROUP@@NAME');

/** A named way to reach one Nacos. What is left out has the default of the command line. */
export const profileSchema = z.strictObject({
  /** `10.0.0.1`, `10.0.0.1:8848` or `https://nacos.example:443`; tried in turn. */
  servers: z.array(z.string().min(1)).min(1),
  contextPath: z.string().optional(),
  namespace: z.string().optional(),
  group: z.string().min(1).optional(),
  username: z.string().min(1).optional(),
  /** Where the password comes from; never the password. */
  passwordFrom: secretFrom('a password').optional(),
  /** The access key of a hosted Nacos, in place of a user; by reference, as is all that is secret of it. */
  accessKeyFrom: keyFrom.optional(),
  secretKeyFrom: keyFrom.optional(),
  /** Of a temporary key. */
  securityTokenFrom: keyFrom.optional(),
  /** Where the server wants signatures of the fourth version: the region they are for, such as `cn-hangzhou`. */
  signatureRegion: z.string().min(1).optional(),
  tls: z.strictObject({ ca: path.optional(), cert: path.optional(), key: path.optional() }).optional(),
  /** Overrules what would be found out. */
  dialect: z.enum(['v1', 'v3']).optional(),
  /** Shown everywhere; starting asks for more. */
  production: z.boolean().optional(),
  /** Nothing is ever written through it. */
  readOnly: z.boolean().optional(),
  /** Further server nodes, `host:port`, that may get our token. */
  acceptedNodes: z.array(z.string().min(1)).optional(),
  /** For plans that do not say otherwise. */
  defaults: profileDefaultsSchema.optional(),
  /** What holds for one service, by `NAME` in the group above or `GROUP@@NAME`, over the defaults. */
  services: z.record(serviceKey, serviceSettingsSchema).optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export const profileFileSchema = z.strictObject({
  current: z.string().optional(),
  profiles: z.record(profileName, profileSchema),
});
export type ProfileFile = z.infer<typeof profileFileSchema>;
