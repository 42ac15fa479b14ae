import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { done, runOrders, stageOrders, target } from '../support/orders-stage.ts';
import { allOf } from '../support/journaled.ts';

/** What a deploy command that does nothing comes to. */
const through: readonly Fact[] = [
  { type: 'check-began', target, attempt: 1 },
  { type: 'check-passed', target, attempt: 1, ms: 1, isRestarted: false },
  { type: 'enable-began', target, attempt: 1 },
  { type: 'enabled', target, attempt: 1, ms: 1 },
];

test.each([[], ['--json']])('run warns at its end of what was not restarted %s', async (...flags) => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', ...flags);
  await launcher.followed;
  launcher.tell(...through, done);
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err).toContain(`no restart was seen of: ${target}.`);
});

test('run says nothing of it where a restart was seen', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes');
  await launcher.followed;
  const [began, , ...rest] = through;
  if (began === undefined) throw new Error('no check began');
  launcher.tell(began, { type: 'check-passed', target, attempt: 1, ms: 1, isRestarted: true }, ...rest, done);
  expect((await running).err).not.toContain('restart');
});

test('status and report say it as long as the journal is there', async () => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, '--yes', '--json');
  await launcher.followed;
  launcher.tell(...through, done);
  const events = (await running).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
  let rollout: Rollout | undefined;
  for (const event of events) rollout = apply(rollout, event);
  if (rollout === undefined) throw new Error('no event');
  const open = { id: '7f3a', directory: '/state/7f3a', rollout, isRunning: false };
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports = { ...stage.ports, launcher: { ...launcher, all: allOf(open), read } };
  expect((await stage.run('status', '7f3a')).out).toContain(`no restart was seen of ${target}`);
  expect(JSON.parse((await stage.run('status', '7f3a', '--json')).out)).toMatchObject([
    { notRestarted: [target] },
  ]);
  expect((await stage.run('report', '7f3a')).out).toContain(`**No restart was seen of:** ${target}.`);
});
