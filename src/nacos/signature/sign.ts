import { createHmac } from 'node:crypto';
import { stamp } from '../../core/text/stamp.ts';
import type { AccessKey } from '../../world/connection.ts';

/**
 * What signs a naming request, in the query over HTTP and in the payload's headers over gRPC. As `NamingResourceInjector`
 * of `nacos-client` does: 2.2.4; with a region 2.5.1, and 3.1.0 (`nacos-client-basic`), which agree. The signed `data`
 * are the time in ms and the full name of the service, the time alone where none is asked for: there the Java client
 * fails over the missing name, and sends no signature at all.
 *
 * Servers since 2.1 take an identity from a query as from headers (`HttpIdentityContextBuilder`). The client of the
 * admin API of 3.x (`ClientHttpProxy` of `nacos-maintainer-client` 3.1.0) puts the same fields into headers, where a
 * name that is not Latin would not arrive.
 */
export function signedNaming(
  key: AccessKey,
  service: string | undefined,
  atMs: number,
): Record<string, string> {
  const data = service === undefined ? String(atMs) : `${atMs}@@${service}`;
  return { ...extras(key), ak: key.id, data, signature: signature(key, data, atMs) };
}

/**
 * The headers that sign what is no naming request, such as the list of namespaces. The Java client has no such request:
 * these are the headers of `ConfigResourceInjector` (same versions) and `SpasAdapter` for a resource without a name.
 */
export function signedElse(key: AccessKey, atMs: number): Record<string, string> {
  const time = String(atMs);
  return {
    ...extras(key),
    'Spas-AccessKey': key.id,
    'Spas-Signature': signature(key, time, atMs),
    Timestamp: time,
  };
}

/** What no output may show of a request that was signed. */
export function secretsOf(
  { secret, securityToken, id }: AccessKey,
  signed: Readonly<Record<string, string>>,
): readonly (string | undefined)[] {
  return [secret, securityToken, id, signed['signature'] ?? signed['Spas-Signature']];
}

function extras({ securityToken, region }: AccessKey): Record<string, string> {
  return {
    ...(securityToken !== undefined && { 'Spas-SecurityToken': securityToken }),
    ...(region !== undefined && { signatureVersion: 'v4' }),
  };
}

/** Of both versions an HMAC-SHA1 in base64 (`SignUtil`); what differs is its key. */
function signature({ secret, region }: AccessKey, data: string, atMs: number): string {
  const key = region === undefined ? secret : dayKey(secret, region, atMs);
  return createHmac('sha1', key).update(data).digest('base64');
}

/** `CalculateV4SigningKeyUtil` and `RamConstants` of 2.5.1 and 3.1.0: the key of one UTC day and region, in base64. */
function dayKey(secret: string, region: string, atMs: number): string {
  const key = [
    stamp(atMs).slice(0, 10).replaceAll('-', ''),
    region,
    'mse-nacos',
    'aliyun_v4_request',
  ].reduce<Buffer>(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    Buffer.from(`aliyun_v4${secret}`),
  );
  return key.toString('base64');
}
