import { expect, test } from 'vitest';
import { type KeyFlaw, type WrittenKeys, checkKeys } from '../../../src/tui/keys/own-keys.ts';
import type { OwnKeys } from '../../../src/tui/model/model.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import { atInstances } from '../support/at-instances.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';

function flawOf(written: WrittenKeys): KeyFlaw | undefined {
  const checked = checkKeys(written);
  return checked.ok ? undefined : checked.flaw;
}

function keysOf(written: WrittenKeys): OwnKeys {
  const checked = checkKeys(written);
  if (!checked.ok) throw new Error(checked.flaw.kind);
  return checked.keys;
}

test('keys of a person are pressed, in the footer and in the help, in place of the usual ones', async () => {
  const keys = keysOf({
    everywhere: { palette: 'ctrl-p', help: ['h', 'ctrl-o'] },
    instances: { mark: ['x'], settings: '=' },
  });
  const opened = await atInstances({ keys, size: { columns: 80, rows: 50 } });
  expect(opened.screen()).toMatch(/\n x mark, then = how .* h all keys/);
  await opened.press('x', 'space');
  await opened.sees('space does nothing here');
  expect(opened.store.model().draft?.order).toHaveLength(1);
  await opened.press('\x10');
  expect(front(opened.store.model()).name).toBe('palette');
  await opened.press('esc', 'h');
  expect(opened.screen()).toMatch(/ h Ctrl-O +the keys of this screen/);
  expect(opened.screen()).toMatch(/ x +mark/);
});

test.each<[WrittenKeys, KeyFlaw['kind'], string]>([
  [{ rolout: { pause: 'P' } }, 'no-place', 'keys.rolout'],
  [{ rollout: { pauze: 'P' } }, 'no-command', 'keys.rollout.pauze'],
  [{ everywhere: { pauze: 'P' } }, 'no-command', 'keys.everywhere.pauze'],
  [{ rollout: { pause: 'alt-p' } }, 'not-sent', 'keys.rollout.pause'],
  [{ rollout: { pause: 'f5' } }, 'not-sent', 'keys.rollout.pause'],
  [{ rollout: { pause: ['p', 'ctrl-m'] } }, 'not-sent', 'keys.rollout.pause'],
  [{ rollout: { pause: 'c' } }, 'taken', 'keys.rollout.pause'],
  [{ rollout: { pause: 'enter' } }, 'kept', 'keys.rollout.pause'],
  [{ review: { start: 'enter' } }, 'kept', 'keys.review.start'],
  [{ rollout: { pause: 'esc' } }, 'kept', 'keys.rollout.pause'],
  [{ rollout: { 'skip-drain': 'y' } }, 'kept', 'keys.rollout.skip-drain'],
  [{ confirm: { yes: 's' } }, 'kept', 'keys.confirm.yes'],
  [{ everywhere: { interrupt: 'Q' } }, 'kept', 'keys.everywhere.interrupt'],
  [{ everywhere: { quit: 'ctrl-c' } }, 'kept', 'keys.everywhere.quit'],
  [{ palette: { go: 'g' } }, 'is-text', 'keys.palette.go'],
  [{ rollout: { abort: 'y' } }, 'kept', 'keys.rollout.abort'],
  [{ rollout: { abort: ['A', 'u'] } }, 'answers', 'keys.rollout.abort'],
  [{ rollout: { abort: 'w', consumers: 'W' } }, 'answers', 'keys.rollout.abort'],
  [{ abort: { leave: 'A' } }, 'answers', 'keys.abort.leave'],
  [{ quit: { stay: 'd' } }, 'answers', 'keys.quit.stay'],
  [{ rollout: { quit: 'l', log: 'L' } }, 'answers', 'keys.rollout.quit'],
])('%j is refused: %s', (written, kind, at) => {
  expect(flawOf(written)).toMatchObject({ kind, at });
});

test('names what was meant, and who has the key', () => {
  expect(flawOf({ rolout: {} })).toMatchObject({ meant: 'rollout' });
  expect(flawOf({ rollout: { pauze: 'P' } })).toMatchObject({ meant: 'pause' });
  expect(flawOf({ rollout: { pause: 'c' } })).toMatchObject({
    key: 'c',
    place: 'rollout',
    other: 'continue',
  });
});

test('two that change keys with each other are no clash', () => {
  expect(flawOf({ rollout: { pause: 'c', continue: 'p' } })).toBeUndefined();
});

test('what is set for one screen counts more than what is set everywhere', () => {
  const keys = keysOf({ rollout: { freeze: 'Z' }, everywhere: { freeze: 'W' } });
  expect(keys.rollout?.['freeze']).toEqual(['Z']);
  expect(keys.review?.['freeze']).toEqual(['W']);
});

test.each([
  ['osc9', 'The terminal calls when a rollout waits for a decision: osc9 (alert).'],
  [undefined, 'The terminal does not call when a rollout waits for a decision'],
] as const)('below the keys it says how the terminal calls: %s', async (alert, sentence) => {
  const opened = await atInstances({ alert, size: { columns: 100, rows: 60 } });
  await opened.press('?');
  expect(opened.screen()).toContain(sentence);
});

test('sentences name the keys that a person has set', async () => {
  const keys = keysOf({
    everywhere: { help: 'h', quit: 'Q' },
    rollout: {
      continue: 'C',
      abort: 'B',
      detach: 'D',
      'skip-drain': 'S',
      'extend-drain': 'E',
      log: 'o',
      'put-on': 'O',
      requests: '#',
    },
    instances: { mark: 'x' },
  });
  const instances = await atInstances({ keys });
  await instances.press('enter');
  await instances.sees('Nothing is chosen yet: press x on what to roll.');
  await instances.press('ä');
  await instances.sees('ä does nothing here: h shows the keys.');
  const opened = await openRollout({ keys, size: { columns: 120, rows: 40 } });
  disabledAndDraining(opened.link, first);
  await opened.sees('S skips, E adds 10 s.');
  await opened.press('esc');
  await opened.sees('The rollout runs: D detaches (it goes on), B aborts.');
  opened.link.say({ type: 'paused', why: 'asked', by: 'ann' });
  await opened.sees('PAUSED by ann: no new step begins. C continues.');
  opened.link.die();
  await opened.sees('Its journal is kept: C carries on, B puts back what is well.');
});
