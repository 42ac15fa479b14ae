import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { openSpec } from '../../src/wiring/connect.ts';
import { realClock } from '../../src/world/clock.ts';
import { newDirectory } from '../support/new-directory.ts';
import { reachedAt } from '../support/reached.ts';
import { signatureGate } from '../support/servers/signature-gate.ts';

const key = { id: 'STS.made-up', secret: 'made/up+secret=', securityToken: 'CAIS/made+up=', region: 'cn-x' };

async function hosted() {
  const server = await startSandboxServer({ kind: '2.x', clock: realClock });
  const gate = await signatureGate(server.url, { keys: [key] });
  onTestFinished(async () => {
    await gate.close();
    await server.close();
  });
  const file = join(newDirectory('signing'), 'secret');
  writeFileSync(file, `${key.secret}\n`, { mode: 0o600 });
  const references = {
    accessKeyFrom: 'env:AK',
    secretKeyFrom: `file:${file}`,
    securityTokenFrom: 'command:echo "$TOKEN"',
    signatureRegion: key.region,
  };
  return { ...reachedAt(gate.url), ...references };
}

const env = { AK: key.id, TOKEN: key.securityToken };

test('an access key is had from wherever its references say, and lets in', async () => {
  const opened = await openSpec(await hosted(), undefined, { clock: realClock, env });
  if (!opened.ok) throw new Error(opened.problem.kind);
  onTestFinished(() => opened.registry.close());
  expect(await opened.registry.services('public', '')).toMatchObject({ ok: true });
});

test.each([
  [{ TOKEN: 'x' }, { kind: 'not-set', name: 'AK' }],
  [
    { AK: 'x', TOKEN: '' },
    { kind: 'empty', reference: 'command:echo "$TOKEN"' },
  ],
])('with %j it is said before anything is sent that a part of it cannot be had', async (given, problem) => {
  const opened = await openSpec(await hosted(), undefined, { clock: realClock, env: given });
  expect(opened).toEqual({ ok: false, problem });
});
