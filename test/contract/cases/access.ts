import { expect, test } from 'vitest';
import type { RegistryOptions } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { InstanceWrite } from '../../../src/world/registry.ts';
import { until } from '../../support/time/until.ts';
import {
  errorOf,
  eventually,
  isRemembering,
  listed,
  newService,
  registerInstance,
  type Subject,
  unauthenticated,
  itemsOf,
} from '../subjects/subject.ts';

/** Who is let in. What needs auth is told apart by whether the subject knows a reader. */
export function access(subject: () => Subject): void {
  const offOf = async (): Promise<InstanceWrite> => {
    const instance = await registerInstance(subject(), newService('guarded'), 1);
    await listed(subject(), subject().open(), instance, 1);
    return { instance, enabled: false, weight: 5, mode: 'registered' };
  };

  test('credentials do no harm where nobody asks for them; where they are asked for, they must be right', async () => {
    const wanted = subject().reader === undefined ? 'no error' : 'wrong-password';
    for (const username of ['nacos', 'nobody']) {
      const password = (): Promise<string> => Promise.resolve('a wrong one');
      const answer = await subject().open({ username, password }).services('public', '');
      expect(errorOf(answer)).toMatch(wanted);
    }
  });

  test('without credentials, says that a login is needed where it is', async () => {
    const registry = subject().open(unauthenticated);
    const write = await offOf();
    const isOpen = subject().reader === undefined;
    expect(errorOf(await registry.services('public', ''))).toMatch(isOpen ? 'no error' : 'login-needed');
    const outcome = await registry.write(write);
    if (isOpen) expect(outcome).toEqual({ kind: 'accepted' });
    else expect(outcome).toEqual({ kind: 'refused', error: { kind: 'login-needed' } });
  });

  test('finds out without writing whether we may write', async () => {
    const { instance } = await offOf();
    const known = (answer: 'yes' | 'no') => ({
      ok: true,
      value: isRemembering(subject()) ? answer : 'unknown',
    });
    expect(await subject().open().mayWrite(instance)).toEqual(known('yes'));
    const { reader } = subject();
    if (reader !== undefined) {
      const asReader = subject().open({ ...reader, password: () => Promise.resolve(reader.password) });
      expect(await asReader.mayWrite(instance)).toEqual(known('no'));
    }
    expect(itemsOf(await subject().open().instances(instance))).toMatchObject([{ enabled: true, weight: 5 }]);
  });

  test('a reader reads; a write names the permission that is missing', async ({ skip }) => {
    const { reader } = subject();
    if (reader === undefined) return skip('auth is off');
    const registry = subject().open({ ...reader, password: () => Promise.resolve(reader.password) });
    const write = await offOf();
    expect(itemsOf(await registry.instances(write.instance))).toHaveLength(1);
    const resource = `public:DEFAULT_GROUP:naming/${write.instance.service}`;
    expect(await registry.write(write)).toEqual({
      kind: 'refused',
      error: { kind: 'forbidden', resource, action: 'write' },
    });
  });

  test('a token that has ended is renewed with one login, and nobody notices', async ({ skip }) => {
    skip(subject().reader === undefined, 'auth is off');
    const seen: string[] = [];
    // Its time stands still, so that it never renews a token before it ends.
    const clock = { ...realClock, monotonic: () => 0 };
    const registry = subject().open(
      {},
      {
        clock,
        log: ({ url }, { status }) => seen.push(`${status} ${new URL(url).pathname}`),
      },
    );
    const write = await offOf();
    const readAll = async (): Promise<void> => {
      const answers = await Promise.all([1, 2, 3].map(() => registry.instances(write.instance)));
      expect(answers.map(errorOf).join(' ')).not.toMatch(/token|login|password/);
    };
    await readAll();
    await subject().turn?.(600_000);
    const logins = (): readonly string[] => seen.filter((one) => one.endsWith('/login'));
    await eventually(subject(), readAll, () => logins().length > 1);
    expect(logins()).toHaveLength(2);
  });

  test('a new token that is not known at once is tried again, by reads and by writes', async ({ skip }) => {
    const { delayTokens, turn, reader } = subject();
    if (reader === undefined) return skip('auth is off');
    if (delayTokens === undefined || turn === undefined) return skip('this server knows its tokens at once');
    // Since the last login.
    let refused: string[] = [];
    let logins = 0;
    const log: RegistryOptions['log'] = ({ method, url }, { status }) => {
      const isLogin = new URL(url).pathname.endsWith('/login');
      if (isLogin) [refused, logins] = [[], logins + 1];
      else if (status === 403) refused.push(method);
    };
    const registry = subject().open({}, { log });
    itemsOf(await registry.services('public', ''));
    await turn(600_000);
    const write = await offOf();
    const learnAll = delayTokens(400);
    try {
      const reading = registry.instances(write.instance);
      const writing = registry.write(write);
      const hasWrite = (): boolean => refused.includes('PUT') || refused.includes('PATCH');
      await until(() => logins === 2 && refused.includes('GET') && hasWrite(), 10);
      await turn(400);
      expect(errorOf(await reading)).toContain('no error');
      expect(await writing).toEqual({ kind: 'accepted' });
      expect(logins).toBe(2);
    } finally {
      learnAll();
    }
  });

  test('no password and no token stands in what is logged', async () => {
    const lines: string[] = [];
    const registry = subject().open({}, { log: (...given) => lines.push(JSON.stringify(given)) });
    await registry.services('public', '');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('\n')).not.toMatch(/password=(?!\$)|accessToken|eyJ/);
  });
}
