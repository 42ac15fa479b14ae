import { expect, test } from 'vitest';
import { isPlain } from '../../../src/cli/io/plain.ts';
import { instance } from '../support/fake-registry.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { allOf, openOf, plannedFact } from '../support/journaled.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const orders = [1, 2, 3].map((last) => instance('orders', `10.0.0.${last}`, 8080));

function atTerminal(typed: string, list = orders): Stage {
  return Object.assign(setStage([...list]), { isTerminal: true, typed });
}

test.each<[string, readonly string[], Record<string, string>, boolean]>([
  ['--plain', ['--plain'], {}, true],
  ['ACCESSIBLE=1', [], { ACCESSIBLE: '1' }, true],
  ['ACCESSIBLE=0', [], { ACCESSIBLE: '0' }, false],
  ['INK_SCREEN_READER=true', [], { INK_SCREEN_READER: 'true' }, true],
  ['TERM=dumb', [], { TERM: 'dumb' }, true],
  ['TERM=xterm', [], { TERM: 'xterm' }, false],
])('%s', (_name, argv, env, plain) => {
  expect(isPlain(argv, env)).toBe(plain);
});

test('goes from a service to a review in numbered questions, and starts nothing without a yes', async () => {
  const stage = atTerminal('1\n2 1\n./redeploy.sh\n2\nno\n');
  const { code, err } = await stage.run('--plain', ...server);
  expect(err).toContain(' 1  orders, DEFAULT_GROUP: 3 on, 0 off, 0 ill');
  expect(err).toContain(' 3  10.0.0.3:8080, on, weight 5, cluster DEFAULT');
  const reviewed = err.slice(err.indexOf('What now?'));
  expect(reviewed.indexOf('10.0.0.2:8080')).toBeGreaterThan(0);
  expect(reviewed.indexOf('10.0.0.2:8080')).toBeLessThan(reviewed.indexOf('10.0.0.1:8080'));
  expect(err).toContain('Nothing was started.');
  expect(code).toBe(130);
  expect(stage.registry.writes).toEqual([]);
});

test('takes no line back', async () => {
  const { out, err } = await atTerminal('\n').run('--plain', ...server);
  expect(`${out}${err}`).not.toMatch(/\[\d*[AJKH]|\r/);
});

test('says what is none of the numbers, and asks again', async () => {
  const { err, code } = await atTerminal('9\nx\n1\n1 1\n\n').run('--plain', ...server);
  expect(err.match(/That is none of them/g)).toHaveLength(3);
  expect(err).toContain('Nothing was started.');
  expect(code).toBe(0);
});

test('of many services a part of the name leaves fewer', async () => {
  const many = Array.from({ length: 60 }, (_, at) => instance(`svc-${at}`, '10.0.0.1', 8080));
  const { err } = await atTerminal('svc-5\n2\n\n', many).run('--plain', ...server);
  expect(err).toContain('and 40 more: type a part of the name');
  expect(err).toContain('these are 11 of 60');
  expect(err).toContain('Which instances');
});

test('a rollout that stands still is carried on after a yes alone', async () => {
  const { open } = openOf('7f3a0001', '2026-11-21T20:00:00.000Z', [plannedFact()]);
  for (const typed of ['1\n\n', '1\nno\n', '1\ny\n', '1\nyes\n']) {
    const stage = atTerminal(typed);
    const resumed: string[] = [];
    const resume: Stage['ports']['launcher']['resume'] = async (id) => {
      resumed.push(id);
      return { ok: false, problem: { kind: 'no-runner', id } };
    };
    const read = async () => ({ ok: true, open, events: [] }) as const;
    stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read, resume } };
    const { err } = await whileRunning(stage.run('--plain', ...server), () => stage.clock.advance(500));
    expect(err).toContain('Carry on with 7f3a0001 now? Type yes: ');
    expect({ typed, resumed }).toEqual({ typed, resumed: typed.includes('yes') ? ['7f3a0001'] : [] });
  }
});

test('the demo says that it draws', async () => {
  const { code, err } = await atTerminal('').run('demo', '--plain');
  expect([code, err]).toEqual([2, expect.stringContaining('no lines can show')]);
});

test('without a terminal it says so', async () => {
  const { code } = await setStage([...orders]).run('--plain', ...server);
  expect(code).toBe(2);
});
