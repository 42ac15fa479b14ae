import { expect, test } from 'vitest';
import { foldedLine } from '../../../src/cli/rollout/event-line.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { done, runOrders, stageOrders, target } from '../support/orders-stage.ts';

const line = '20:00:00Z  10.0.0.1:8080  orders: on and well 3 → 2, minimum 1, weight 100 % → 67 %';

test('a line for people goes on under itself, between words and to its end', () => {
  expect(foldedLine(line, 60)).toEqual([
    '20:00:00Z  10.0.0.1:8080  orders: on and well 3 → 2, minimum',
    '           1, weight 100 % → 67 %',
  ]);
});

test('what fits, or goes into a pipe, is one line', () => {
  expect(foldedLine(line, 120)).toEqual([line]);
  expect(foldedLine(line, undefined)).toEqual([line]);
});

test('run folds its lines at a terminal only', async () => {
  for (const columns of [undefined, 40]) {
    const { stage, launcher } = stageOrders();
    const { doctor } = stage.ports;
    const terminalSize = () => (columns === undefined ? undefined : { columns, rows: 24 });
    stage.ports = { ...stage.ports, doctor: { ...doctor, terminalSize } };
    const running = stage.run(...runOrders, '--yes');
    await launcher.followed;
    launcher.tell(
      { type: 'deploy-began', target, attempt: 1, command: './redeploy.sh', directory: 'd' },
      done,
    );
    const { out } = await running;
    expect(out.includes(`20:00:00Z  ${target}  deploy began: ./redeploy.sh\n`)).toBe(columns === undefined);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`${target} deploy began: ./redeploy.sh`);
  }
});

test.each([
  ['--dry-run', '+00:01:20', 'deploy is not run in a rehearsal, and counts as ended well', '00Z'],
  ['--yes', '20:01:20Z', 'deploy ended after 2 s: it ended well', '+00'],
])('%s: a rehearsal has a clock of its own, and no command of it ran', async (flag, at, said, never) => {
  const { stage, launcher } = stageOrders();
  const running = stage.run(...runOrders, flag);
  await launcher.followed;
  launcher.tell({ type: 'deploy-began', target, attempt: 1, command: './redeploy.sh', directory: 'd' });
  const result = { kind: 'exited', code: 0 } as const;
  const ended = { type: 'deploy-ended', target, attempt: 1, ms: 2000, result } as const;
  const event = { v: 1, seq: 3, at: '2026-11-21T20:01:20.000Z', rollout: '7f3a', ...ended } as const;
  launcher.say({ kind: 'event', event });
  const end = { v: 1, seq: 4, at: '2026-11-21T20:01:20.000Z', rollout: '7f3a', ...done } as Event;
  launcher.say({ kind: 'event', event: end });
  const { out } = await running;
  expect(out).toContain(`${at}  ${target}  ${said}\n`);
  expect(out).not.toContain(never);
});
