import { expect, test } from 'vitest';
import { whileRunning } from '../../support/processes/while-running.ts';
import { machine } from '../support/journal-machine.ts';
import { server } from '../support/stage.ts';

const one = ['orders', '--instance', '10.0.0.5:8080'] as const;
const timeout = { kind: 'timeout', address: 'http://127.0.0.1:8848', afterMs: 5000, wasSent: true } as const;

test('interrupted while a disable may still be applied: it is put back after that, not before', async () => {
  const { stage } = machine();
  const { registry, clock } = stage;
  registry.writeOutcome = ({ enabled }) => {
    if (enabled) return undefined;
    clock.after(11_000, () => {
      registry.list = registry.list.map((each) =>
        each.ip === '10.0.0.5' && each.port === 8080 ? { ...each, enabled: false } : each,
      );
    });
    return { kind: 'unknown', error: timeout };
  };
  clock.after(1000, () => stage.interrupt());
  const { code } = await whileRunning(stage.run('disable', ...one, ...server), () => clock.advance(500));
  await clock.advance(30_000);
  expect(code).toBe(1);
  expect(registry.list.map(({ enabled }) => enabled)).toEqual([true, true, true, true]);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
});
