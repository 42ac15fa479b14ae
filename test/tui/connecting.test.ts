import { describe, expect, test } from 'vitest';
import type { RegistryError } from '../../src/core/registry/registry-error.ts';
import { front } from '../../src/tui/model/navigation.ts';
import { replay } from '../../src/core/apply/apply.ts';
import type { FacePorts } from '../../src/runner/ports/face-ports.ts';
import { leftOffEvents } from '../support/left-off-rollout.ts';
import type { VirtualClock } from '../support/time/virtual-clock.ts';
import type { FakePorts } from './support/fake-ports.ts';
import { profileEntry } from './support/fake-ports.ts';
import { type Opened, openConsole } from './support/open-console.ts';

const [first, second] = ['http://10.0.0.1:8848', 'http://10.0.0.2:8848'];

/** Servers that say nothing for as long as each is waited for; then the last one is there, or nobody. */
function silentBefore(outcome: 'reached' | RegistryError, limitMs = 5000) {
  return (ports: FakePorts, clock: VirtualClock): void => {
    const reached: FacePorts['connect'] = ports.connect.bind(ports);
    const slow: FacePorts['connect'] = async (spec, password, watch) => {
      for (const [index, address] of spec.servers.entries()) {
        const next = spec.servers[index + 1];
        const over = watch?.({ address, sinceMs: clock.monotonic(), limitMs, next });
        await clock.sleep(limitMs);
        over?.();
      }
      return outcome === 'reached' ? reached(spec, password) : { ok: false, error: outcome };
    };
    Object.assign(ports, { connect: slow });
  };
}

const silence: RegistryError = { kind: 'timeout', address: first, afterMs: 5000, wasSent: true };
const given = (servers: readonly string[], change = {}) =>
  profileEntry('x', { profile: undefined, servers, ...change }).spec;

/** As it is when the console is opened with `--server`. */
function openGiven(
  options: Parameters<typeof openConsole>[0],
  servers: readonly string[],
  change = {},
): Opened {
  const opened = openConsole(options);
  const now = { monotonicMs: opened.clock.monotonic(), wallMs: 0 };
  opened.store.dispatch({ type: 'connection-given', spec: given(servers, change), now });
  return opened;
}

/** Lines of the screen put together again. */
const text = (opened: Opened): string => opened.screen().replaceAll(/\s*\n\s*/g, ' ');

test('says at once who is being reached and how to leave, then since when and what comes next', async () => {
  const opened = openGiven({ prepare: silentBefore('reached') }, [first, second], { username: undefined });
  expect(text(opened)).toContain('Reaching Nacos');
  expect(text(opened)).toContain(`${first} ${second}`);
  expect(text(opened)).toContain('Asked 0 s ago, no answer yet.');
  expect(text(opened)).toContain('the next address is asked');
  expect(text(opened)).toContain('esc goes to the profiles, to choose another; q quits.');
  await opened.second();
  await opened.second();
  await opened.second();
  expect(text(opened)).toContain('Asked 3 s ago, no answer yet.');
  expect(text(opened)).toContain(
    `Waiting for ${first}, which has said nothing for 3 s; given up after 5 s, then ${second} is asked.`,
  );
  for (let seconds = 0; seconds < 4; seconds += 1) await opened.second();
  expect(text(opened)).toContain(
    `Waiting for ${second}, which has said nothing for 2 s; given up after 5 s.`,
  );
  for (let seconds = 0; seconds < 4; seconds += 1) await opened.second();
  await opened.sees('Services 3 of 3');
  expect(opened.screen()).not.toContain('Waiting for');
});

test('in Chinese too', async () => {
  const opened = openGiven({ language: 'zh-CN', prepare: silentBefore('reached') }, [first, second]);
  await opened.second();
  await opened.second();
  expect(text(opened)).toContain('正在连接 Nacos');
  expect(text(opened)).toContain('2 秒前发出请求，尚无应答。');
  expect(text(opened)).toContain(`正在等待 ${first}，已 2 秒没有应答；满 5 秒后放弃，然后改问`);
});

test('what was given and not reached stays, with what may be done: again, another one, or leave with 6', async () => {
  const opened = openGiven({ prepare: silentBefore(silence) }, [first]);
  await opened.press('r');
  await opened.sees('It is being reached already');
  await opened.clock.advance(5000);
  await opened.sees('Nacos was not reached');
  expect(text(opened)).toContain('did not answer within 5 s');
  expect(text(opened)).toContain('r asks again.');
  expect(opened.ends).toEqual([]);
  await opened.press('y');
  expect(opened.copies).toEqual([expect.stringContaining('did not answer within 5 s')]);
  await opened.press('r');
  await opened.sees('Asked 0 s ago');
  await opened.clock.advance(5000);
  await opened.sees('Nacos was not reached');
  await opened.press('q');
  expect(opened.ends).toEqual([
    { exitCode: 6, exitSummary: { kind: 'not-reached', problem: { kind: 'registry', error: silence } } },
  ]);
});

test('what cannot be reached at once is said as by any other command', async () => {
  const opened = openGiven({ prepare: silentBefore(silence, 900) }, [first]);
  await opened.clock.advance(900);
  expect(opened.ends.map(({ exitCode }) => exitCode)).toEqual([6]);
});

test('a rollout that has not ended is offered first, and what was not reached stands behind it', async () => {
  const opened = openGiven(
    {
      prepare: (ports, clock) => {
        silentBefore(silence, 900)(ports, clock);
        const rollout = replay(leftOffEvents('abcd').slice(0, -1));
        if (rollout !== undefined)
          ports.open = [{ id: 'abcd', directory: '/state/abcd', rollout, isRunning: false }];
      },
    },
    [first],
  );
  await opened.sees('1 rollout has not ended');
  await opened.clock.advance(900);
  expect(opened.ends).toEqual([]);
  await opened.press('l');
  await opened.sees('Nacos was not reached');
});

describe('leaving before the answer', () => {
  test('esc goes to the profiles, and whatever is answered later changes nothing', async () => {
    const opened = openGiven({ prepare: silentBefore('reached') }, [first]);
    await opened.second();
    await opened.press('esc');
    await opened.sees('Profiles 2');
    expect(opened.screen()).not.toContain('Waiting for');
    await opened.clock.advance(5000);
    expect(front(opened.store.model()).name).toBe('profiles');
    expect(opened.store.model().connection).toBeUndefined();
    expect(opened.session.connected).toBeUndefined();
  });

  test('the profile that is chosen instead is the one that counts', async () => {
    const opened = openGiven({ prepare: silentBefore('reached') }, [first]);
    await opened.press('esc');
    await opened.sees('Profiles 2');
    await opened.press('j', 'enter');
    for (let seconds = 0; seconds < 6; seconds += 1) await opened.second();
    await opened.sees('Services 3 of 3');
    expect(opened.store.model().connection?.spec.profile).toBe('staging');
  });

  test.each([
    ['q', 0],
    ['ctrl-c', 130],
  ])('%s ends with %d', async (key, exitCode) => {
    const opened = openGiven({ prepare: silentBefore('reached') }, [first]);
    await opened.press(key);
    expect(opened.ends).toEqual([{ exitCode, exitSummary: { kind: 'nothing' } }]);
  });
});

test('a profile that was chosen and not reached is there to be chosen again', async () => {
  const opened = openConsole({ prepare: silentBefore(silence) });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('Reaching Nacos');
  expect(text(opened)).toContain('esc goes back to the profiles');
  await opened.clock.advance(5000);
  await opened.sees('Profiles 2');
  expect(text(opened)).toContain('did not answer within 5 s');
});

test('a password that is asked for is asked for before anybody is reached, and again where it was wrong', async () => {
  const wrong: RegistryError = { kind: 'wrong-password', user: 'nacos' };
  const opened = openGiven({ prepare: silentBefore(wrong, 200) }, [first], { username: 'nacos' });
  await opened.sees('Password of nacos');
  expect(opened.screen()).not.toContain('Reaching');
  await opened.type('no');
  await opened.press('enter');
  await opened.sees('Reaching Nacos');
  await opened.clock.advance(200);
  await opened.sees('Nacos was not reached');
  expect(opened.ends).toEqual([]);
  await opened.press('r');
  await opened.sees('Password of nacos');
});

test('a test of a profile, and what is read later, say who is waited for', async () => {
  const opened = openConsole({ prepare: silentBefore('reached') });
  await opened.sees('prod-sh');
  await opened.press('t');
  await opened.second();
  await opened.second();
  await opened.sees(`Waiting for ${first}, which has said nothing for 2 s`);
  for (let seconds = 0; seconds < 4; seconds += 1) await opened.second();
  await opened.sees('✓ nacos 2.2.4');
  expect(opened.screen()).not.toContain('Waiting');
  await opened.press('esc');
  const over = opened.session.watch({
    address: second,
    sinceMs: opened.clock.monotonic(),
    limitMs: 5000,
    next: second,
  });
  await opened.second();
  await opened.sees('then asked once more');
  over();
  expect(opened.screen()).not.toContain('Waiting');
});

test('a server that failed at once may not the next time: the console stays, and r asks again', async () => {
  let isFailing = true;
  const prepare = (ports: FakePorts): void => {
    const reached: FacePorts['connect'] = ports.connect.bind(ports);
    const connect: FacePorts['connect'] = async (spec, password) =>
      isFailing
        ? { ok: false, error: { kind: 'server-error', status: 500, detail: '' } }
        : reached(spec, password);
    Object.assign(ports, { connect });
  };
  const opened = openGiven({ prepare }, [first]);
  await opened.sees('Nacos was not reached');
  expect(text(opened)).toContain('HTTP 500');
  expect(opened.ends).toEqual([]);
  isFailing = false;
  await opened.press('r');
  await opened.sees('Services 3 of 3');
});
