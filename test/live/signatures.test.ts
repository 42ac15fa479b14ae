import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fullName } from '../../src/core/registry/service-name.ts';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { realClock } from '../../src/world/clock.ts';
import { type GrpcMessage, messageBytes, scriptedGrpc } from '../support/servers/scripted-grpc.ts';
import { type KnownKey, refusal, signatureGate } from '../support/servers/signature-gate.ts';
import { until } from '../support/time/until.ts';
import { buildJavaClient, clientVersions, javaClientProgram, openLifeline } from './clients/java-client.ts';
import { whyNoLiveNacos } from './servers/live-nacos.ts';
import { freePort } from './servers/live-place.ts';

const plain: KnownKey = { id: 'LTAI-made-up-1', secret: 'made/up+secret=1' };
const kinds: readonly KnownKey[] = [plain, { ...plain, region: 'cn-hangzhou' }];

/** A 2.x that lets in by the key alone, over HTTP and gRPC, and what it said to whom. */
async function hosted(key: KnownKey) {
  const said: string[] = [];
  const grpc = await scriptedGrpc(({ type, body, headers }: GrpcMessage) => {
    if (!/^(SubscribeService|Instance|PersistentInstance)Request$/.test(type)) return undefined;
    const service = fullName({ group: String(body['groupName']), service: String(body['serviceName']) });
    const about = { isNaming: true, service };
    const why = refusal((name) => headers[name], about, { keys: [key], nowMs: Date.now() });
    said.push(`${type} ${why ?? 'taken'}`);
    if (why === undefined)
      return type === 'SubscribeServiceRequest'
        ? undefined
        : messageBytes('InstanceResponse', { resultCode: 200 });
    return messageBytes('ErrorResponse', { resultCode: 500, errorCode: 403, message: why, success: false });
  });
  const server = await startSandboxServer({ kind: '2.x', clock: realClock });
  const gate = await signatureGate(server.url, { keys: [key], port: Number(new URL(grpc.node).port) });
  onTestFinished(async () => {
    grpc.stop();
    await gate.close();
    await server.close();
  });
  return { gate, said };
}

describe.skipIf(whyNoLiveNacos() !== undefined).each(Object.entries(clientVersions))(
  'the Java client for a %s',
  (version) => {
    beforeAll(() => buildJavaClient(version as keyof typeof clientVersions), 300_000);

    /** Runs it until it has done what it was told to. */
    const run = async (url: string, key: KnownKey, ...words: readonly string[]): Promise<void> => {
      const directory = mkdtempSync(join(tmpdir(), 'live-signed-'));
      const lifeline = await openLifeline();
      const [what = '', ...rest] = words;
      const place = [
        clientVersions[version as keyof typeof clientVersions],
        directory,
        what,
        new URL(url).host,
      ];
      const child = spawn(javaClientProgram, [...place, String(lifeline.port), ...rest], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          ...process.env,
          NACOS_ACCESS_KEY: key.id,
          NACOS_SECRET_KEY: key.secret,
          ...(key.region !== undefined && { NACOS_SIGNATURE_REGION: key.region }),
          NACOS_PERSISTENT: 'yes',
        },
      });
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
      onTestFinished(async () => {
        lifeline.cut();
        await until(() => child.exitCode !== null || child.signalCode !== null);
        rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      });
      await until(() => child.exitCode !== null || /"(subscribed|registered)":/.test(printed));
      expect(printed).toMatch(/"(subscribed|registered)":/);
    };

    test.each(kinds)(
      'signs a subscription so that the server of the tests takes it, with %j',
      async (key) => {
        const { gate, said } = await hosted(key);
        await run(gate.url, key, 'subscribe', 'DEFAULT_GROUP', 'orders');
        expect(said).toContain('SubscribeServiceRequest taken');
        expect(said.filter((line) => !line.endsWith('taken'))).toEqual([]);
      },
    );

    test.each(kinds)('signs a registration over HTTP likewise, with %j', async (key) => {
      const { gate } = await hosted(key);
      const served = String(await freePort());
      await run(
        gate.url,
        key,
        'register',
        'DEFAULT_GROUP',
        'orders',
        '127.0.0.1',
        '8080',
        '1',
        'v=1',
        served,
      );
      expect(gate.taken.filter((line) => line.startsWith('POST /nacos/v1/ns/instance?'))).toHaveLength(1);
      expect(gate.refused.filter((line) => line.startsWith('POST'))).toEqual([]);
    });

    test('is refused with another secret key, which shows that it is checked', async () => {
      const { gate, said } = await hosted({ ...plain, secret: 'another' });
      await expect(run(gate.url, plain, 'subscribe', 'DEFAULT_GROUP', 'orders')).rejects.toThrow();
      expect(said).toContain('SubscribeServiceRequest signature does not match');
    });
  },
);
