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

const isOf = ({ username, passwordFrom }: ConnectionSpec): unknown => [username, passwordFrom];

const wide = { columns: 160, rows: 40 };
test.for(['enter', 'esc'] as const)(
  'a saved login goes to the saved address alone, after %s',
  async (key) => {
    const opened = tried({ size: wide, entries: [profileEntry('prod-sh', asDeployer)] });
    const [saved] = opened.ports.entries[0]?.spec.servers ?? [];
    await opened.sees('prod-sh');
    await opened.press('e', 'down', 'enter');
    await opened.type('9');
    await opened.clock.advance(500);
    await opened.sees('No login goes to an address that is not saved: S saves it');
    await opened.press(key);
    await opened.clock.advance(500);
    if (key === 'esc') await opened.sees('It lets us in.');
    else await opened.sees('No login goes to an address that is not saved: S saves it');
    const whole = opened.reached.filter((spec) => spec.servers.join() === saved).map(isOf);
    const others = opened.reached.filter((spec) => spec.servers.join() !== saved).map(isOf);
    expect(others).toEqual([[undefined, undefined]]);
    expect(whole).toEqual(key === 'esc' ? [[asDeployer.username, asDeployer.passwordFrom]] : []);
  },
);

test('a saved login does not go to another context path', async () => {
  const opened = tried({ entries: [profileEntry('prod-sh', asDeployer)] });
  await opened.sees('prod-sh');
  await opened.press('e', ...Array.from({ length: 10 }, () => 'down' as const), 'enter');
  await opened.type('x');
  await opened.press('enter');
  await opened.clock.advance(500);
  await opened.sees('No login goes to an address that is not saved');
  expect(opened.reached.map(isOf)).toEqual([[undefined, undefined]]);
});

test('names the key that saves as the person has set it', async () => {
  const keys = { 'profile-form': { save: ['W'] } };
  const opened = tried({ keys, size: wide, entries: [profileEntry('prod-sh', asDeployer)] });
  await opened.sees('prod-sh');
  await opened.press('e', 'down', 'enter');
  await opened.type('9');
  await opened.clock.advance(500);
  await opened.sees('not saved: W saves it');
});

test('a login that was typed for an address goes there, and not to the next one that is typed', async () => {
  const opened = tried();
  await opened.sees('Welcome');
  await opened.press('n', 'down', 'enter');
  await opened.type('10.0.0.1');
  await opened.press('enter', 'down', 'down', 'enter');
  await opened.type('deployer');
  // What was typed leads on to the next field.
  await opened.press('enter', 'enter');
  await opened.type('env:NACOS_PASSWORD');
  await opened.press('enter');
  await opened.clock.advance(500);
  await opened.sees('It lets us in.');
  expect(opened.reached.map(isOf)).toEqual([['deployer', 'env:NACOS_PASSWORD']]);
  await opened.press('up', 'up', 'up', 'up', 'up', 'enter');
  await opened.type('9');
  await opened.press('enter');
  await opened.clock.advance(500);
  await opened.sees('No login goes to an address that is not saved');
  expect(opened.reached.map(isOf).at(-1)).toEqual([undefined, undefined]);
  await opened.press('down', 'down', 'down', 'enter', 'enter');
  await opened.clock.advance(500);
  expect(opened.reached).toHaveLength(2);
});

test.each([
  ['en', 'No login goes out with a secret that is not saved for this address: S', 'It lets us in.'],
  ['zh-CN', '登录信息不是为此地址保存的，故不发送：按 S 保存', '登录成功。'],
] as const)(
  'a login that was typed for another address does not go to the saved one, in %s',
  async (language, said, good) => {
    const opened = tried({ language, size: wide, entries: [profileEntry('prod-sh', asDeployer)] });
    await opened.sees('prod-sh');
    await opened.press('e', 'down', 'enter');
    await opened.type('9');
    await opened.press('enter', 'down', 'down', 'down', 'enter');
    await opened.type('_B');
    await opened.press('enter', 'up', 'up', 'up', 'up', 'up', 'enter', 'backspace', 'enter');
    await opened.clock.advance(500);
    await opened.sees(said);
    expect(opened.reached.map(isOf)).toEqual([[undefined, undefined]]);
    await opened.press('down', 'down', 'down', 'enter', 'backspace', 'backspace', 'enter');
    await opened.clock.advance(500);
    await opened.sees(good);
    expect(opened.reached.map(isOf).at(-1)).toEqual([asDeployer.username, asDeployer.passwordFrom]);
  },
);

test.for(['another trial', 'esc'] as const)('a trial under way is closed for %s', async (why) => {
  const opened = tried({ entries: [profileEntry('prod-sh')] });
  await opened.sees('prod-sh');
  const signals: (AbortSignal | undefined)[] = [];
  opened.ports.connect = (_spec, _password, _watch, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  await opened.press('e');
  await opened.clock.advance(500);
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  if (why === 'esc') await opened.press('esc');
  else {
    await opened.press('down', 'enter');
    await opened.type('9');
  }
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
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
