import { expect, test } from 'vitest';
import {
  type OpenedRollout,
  disabledAndDraining,
  first,
  openRollout,
  second,
} from '../support/open-rollout.ts';
import { observed } from '../support/usual-plan.ts';

const size = { columns: 160, rows: 45 };

/** The lane of a target, without its name. */
function laneOf(opened: OpenedRollout, target: string): string {
  const lane = opened
    .screen()
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('│') + 1))
    .find((line) => line.includes(target) && /[─░█-]{3}/.test(line));
  return lane?.slice(lane.indexOf(target) + target.length).trim() ?? '';
}

async function seconds(opened: OpenedRollout, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) await opened.second();
}

test('a lane grows with what is done, on a scale that does not move with it', async () => {
  const opened = await openRollout({ size });
  await seconds(opened, 3);
  disabledAndDraining(opened.link, first);
  await seconds(opened, 38);
  const before = laneOf(opened, first);
  expect(before).toMatch(/^▾?░{5,}$/);
  expect(laneOf(opened, second)).toMatch(/^─+$/);
  await seconds(opened, 10);
  const after = laneOf(opened, first);
  expect(after.startsWith(before)).toBe(true);
  expect(after.length).toBeGreaterThan(before.length);
  expect(opened.screen()).toMatch(/░ drain/);
  expect(opened.screen()).not.toMatch(/█ deploy/);
  opened.link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 48_000 });
  opened.link.say({ type: 'deploy-began', target: first, attempt: 1, command: 'x', directory: 'deploy-1' });
  await seconds(opened, 5);
  expect(laneOf(opened, first)).toMatch(/░█{2,}$/);
});

test.each([
  ['en', ': drain'],
  ['zh-CN', ': 排空'],
] as const)('says in %s what each sign means, without UTF-8 too', async (language, legend) => {
  const opened = await openRollout({ size, language, isUtf8: false });
  disabledAndDraining(opened.link, first);
  await seconds(opened, 12);
  expect(opened.screen()).toContain(legend);
});

test('the capacity is a bar with the minimum marked, where there is room for panes', async () => {
  const opened = await openRollout({ size });
  opened.link.observe(observed(['a'], ({ ip }) => ({ enabled: ip !== '10.0.0.11' })));
  expect(opened.screen()).toMatch(/on and well █│█*░ \d+ of \d+, minimum 1/);
  opened.resize(80, 24);
  expect(opened.screen()).not.toMatch(/█│/);
});

test('consumers: what they were told of the target, and the calls a second to it', async () => {
  const opened = await openRollout({ size });
  disabledAndDraining(opened.link, first);
  const perSecond = { fromMs: -4000, counts: [8, 8, 4, 8, 2, 1, 0, 0, 5] };
  opened.link.send({ kind: 'calls', calls: [{ target: first, callers: [], doubts: [], perSecond }] });
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 {2}██▄█▂▁··/);
});

test('the output of the pointed target stays in its pane when its command has ended', async () => {
  const opened = await openRollout({ size });
  expect(opened.screen()).toContain('No command of this target has begun yet.');
  disabledAndDraining(opened.link, first);
  opened.link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 40_000 });
  opened.link.say({ type: 'deploy-began', target: first, attempt: 1, command: 'x', directory: 'deploy-1' });
  expect(opened.screen()).toContain('No output yet.');
  const result = { kind: 'exited', code: 0 } as const;
  opened.link.say({ type: 'deploy-ended', target: first, attempt: 1, ms: 12_000, result });
  const path = '/state/7f3a/deploy-1/output.log';
  opened.store.dispatch({ type: 'tail-read', path, text: '' });
  expect(opened.screen()).toContain('It printed nothing.');
  opened.store.dispatch({ type: 'tail-read', path, text: 'restarted' });
  expect(opened.screen()).toMatch(/│ restarted/);
});
