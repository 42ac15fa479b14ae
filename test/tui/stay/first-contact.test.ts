import { expect, test } from 'vitest';
import type { ConnectionSpec } from '../../../src/core/registry/connection-spec.ts';
import { type OpenOptions, type Opened, openConsole } from '../support/open-console.ts';
import { profileEntry } from '../support/fake-ports.ts';

type Tried = Opened & { readonly reached: ConnectionSpec[] };

/** A console that keeps whom it reaches, and as whom. */
function tried(options: OpenOptions & { readonly entries?: ReturnType<typeof profileEntry>[] } = {}): Tried {
  const reached: ConnectionSpec[] = [];
  const opened = openConsole({
    ...options,
    prepare: (ports, clock) => {
      ports.entries = options.entries ?? [];
      const before = ports.connect.bind(ports);
      ports.connect = (spec, password) => {
        reached.push(spec);
        return before(spec, password);
      };
      options.prepare?.(ports, clock);
    },
  });
  return { ...opened, reached };
}

const asDeployer = { username: 'deployer', passwordFrom: 'env:NACOS_PASSWORD' };

test('says without a profile what this is, and offers to make one, or a sandbox', async () => {
  const opened = tried();
  await opened.sees('Welcome');
  await opened.sees(/^ +n +make a profile/m);
  await opened.sees(/^ +s +try it first on a sandbox/m);
  await opened.press('s');
  expect(opened.ends).toEqual([{ exitCode: 0, exitSummary: { kind: 'to-sandbox' } }]);
});

test('a sandbox offers no other one', async () => {
  const opened = tried({ isSandbox: true });
  await opened.sees('Welcome');
  expect(opened.screen()).not.toContain('sandbox:');
  await opened.press('s');
  await opened.sees('That is not possible here.');
});

test('an address is tried while it is typed, once nothing is typed for a moment', async () => {
  const opened = tried();
  await opened.sees('Welcome');
  await opened.press('n', 'down', 'enter');
  await opened.type('10.0.0.1');
  await opened.sees('Asking whom this reaches');
  await opened.clock.advance(499);
  expect(opened.reached).toEqual([]);
  await opened.type('1');
  await opened.clock.advance(499);
  expect(opened.reached).toEqual([]);
  await opened.clock.advance(1);
  await opened.sees('Reached: nacos 2.2.4. It lets anybody in. Namespace public is there.');
  expect(opened.reached.map(({ servers }) => servers)).toEqual([['10.0.0.11']]);
});

test('no login goes to an address that is being typed, and one to that which was', async () => {
  const opened = tried({ entries: [profileEntry('prod-sh', asDeployer)] });
  await opened.sees('prod-sh');
  await opened.press('e', 'down', 'enter');
  await opened.type('9');
  await opened.clock.advance(500);
  await opened.sees('The login is tried when the profile is used.');
  expect(opened.reached.map(({ username, passwordFrom }) => [username, passwordFrom])).toEqual([
    [undefined, undefined],
  ]);
  await opened.press('enter');
  await opened.clock.advance(500);
  await opened.sees('It lets us in.');
  expect(opened.reached.at(-1)).toMatchObject(asDeployer);
});

test('half a name logs in nowhere', async () => {
  const opened = tried({ entries: [profileEntry('prod-sh', asDeployer)] });
  await opened.sees('prod-sh');
  await opened.press('e', 'down', 'down', 'down', 'down', 'enter', 'backspace');
  await opened.clock.advance(500);
  expect(opened.reached.map(({ username }) => username)).toEqual(['deployer']);
});

test('a command that tells a password is not run for a trial', async () => {
  const change = { username: 'deployer', passwordFrom: 'command:pass show nacos' };
  const opened = tried({ entries: [profileEntry('prod-sh', change)] });
  await opened.sees('prod-sh');
  await opened.press('e');
  await opened.clock.advance(500);
  await opened.sees('The login is tried when the profile is used.');
  expect(opened.reached.map(({ passwordFrom }) => passwordFrom)).toEqual([undefined]);
});

test('names a namespace that is not there, as it is typed, and asks nobody again for it', async () => {
  const opened = tried({ entries: [profileEntry('prod-sh')] });
  await opened.sees('prod-sh');
  await opened.press('e', 'down', 'down', 'enter');
  await opened.clock.advance(500);
  await opened.type('x');
  await opened.sees('There is no namespace publicx; there are: public, dev.');
  await opened.clock.advance(500);
  expect(opened.reached).toHaveLength(1);
});

test('says that a login is wanted, and what else is in the way', async () => {
  const opened = tried({
    entries: [profileEntry('prod-sh')],
    prepare: (ports) => {
      const before = ports.connect.bind(ports);
      ports.connect = async (spec, password) => {
        const answer = await before(spec, password);
        if (!answer.ok) return answer;
        const instances = () => Promise.resolve({ ok: false, error: { kind: 'login-needed' } } as const);
        return { ok: true, value: { ...answer.value, registry: { ...answer.value.registry, instances } } };
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('e');
  await opened.clock.advance(500);
  await opened.sees('It wants a login: fill in the user, or an access key.');
  opened.ports.connect = () =>
    Promise.resolve({ ok: false, error: { kind: 'secret', detail: 'NACOS_PASSWORD is not set' } });
  await opened.press('down', 'enter');
  await opened.type('9');
  await opened.clock.advance(500);
  await opened.sees('NACOS_PASSWORD is not set');
});

test('who leaves the form asks nobody any more', async () => {
  const opened = tried({ entries: [profileEntry('prod-sh')] });
  await opened.sees('prod-sh');
  await opened.press('e', 'esc');
  await opened.clock.advance(500);
  expect(opened.reached).toEqual([]);
});
