import { describe, expect, test } from 'vitest';
import { signedElse, signedNaming } from '../../../src/nacos/signature/sign.ts';
import { type KnownKey, refusal } from '../../support/servers/signature-gate.ts';
import { keyOf, signatures } from './java-client.ts';

const naming = signatures.flatMap((client) => (client.service === null ? [] : [client]));

const timeOf = (data: string | undefined): number => Number((data ?? '').split('@@')[0]);
const nameIn = (data: string | undefined): string | undefined => /@@(.*)$/s.exec(data ?? '')?.[1];

describe.each(signatures)('$jar, group $group, service $service, $config', (client) => {
  const { config } = client;
  const nowMs = Number(config['Timestamp']);
  const known = keyOf(client);

  test('what is about no service is signed as the Java client signs a request about configuration', () => {
    expect(signedElse(known, nowMs)).toEqual(config);
  });

  test('the server of the tests takes it, and no minute later than it may', () => {
    const about = { isNaming: false, service: undefined };
    const at = (ms: number) => refusal((name) => config[name], about, { keys: [known], nowMs: ms });
    expect(at(nowMs)).toBeUndefined();
    expect(at(nowMs + 16 * 60_000)).toBe('timestamp expired');
  });
});

describe.each(naming)('$jar, group $group, service $service, $naming', (client) => {
  const { data, signature = '' } = client.naming;
  const known = keyOf(client);
  const service = nameIn(data);
  const about = { isNaming: true, service };
  const at = { keys: [known], nowMs: timeOf(data) };

  test('a request about services is signed as the Java client signs it', () => {
    expect(signedNaming(known, service, timeOf(data))).toEqual(client.naming);
  });

  test('the server of the tests takes it, and nothing that differs', () => {
    const said = (other: Readonly<Record<string, string>>, keys: readonly KnownKey[] = at.keys) =>
      refusal((name) => ({ ...client.naming, ...other })[name], about, { ...at, keys });
    expect(said({})).toBeUndefined();
    expect(said({ signature: signature.toLowerCase() })).toBe('signature does not match');
    expect(said({}, [{ ...known, secret: 'another' }])).toBe('signature does not match');
    expect(said({ ak: 'another' })).toBe('access key not found');
    expect(said({ 'Spas-SecurityToken': 'another' })).toBe('invalid security token');
    const other = { ...about, service: 'DEFAULT_GROUP@@other' };
    expect(refusal((name) => client.naming[name], other, at)).toBe('signature is for another service');
  });
});

test('both versions, and each kind of key, signed', () => {
  const kinds = signatures.map(({ jar, config }) =>
    [jar, config['Spas-AccessKey'], config['signatureVersion']].join(' '),
  );
  expect(new Set(kinds).size).toBe(6);
});

test('without a name the Java client signs nothing about services; we sign the time', () => {
  expect(signatures.filter(({ service }) => service === null).map((client) => client.naming)).toEqual([
    {},
    {},
  ]);
  const ours = signedNaming(
    { id: 'a', secret: 'b', securityToken: undefined, region: undefined },
    undefined,
    17,
  );
  expect(ours['data']).toBe('17');
});
