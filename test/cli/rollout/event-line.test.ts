import { expect, test } from 'vitest';
import { foldedLine } from '../../../src/cli/rollout/event-line.ts';
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
