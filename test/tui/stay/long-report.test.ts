import { expect, test } from 'vitest';
import { cellsOf } from '../../../src/core/text/cells.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import { openConsole } from '../support/open-console.ts';
import { oneOfEach } from './journals.ts';

const step = (at: number): string => `- step ${at} ${'of what was done '.repeat(6)}whole`;
const lines = ['# Rollout cccc3333', ...Array.from({ length: 60 }, (_, at) => step(at)), 'The end.'];

test.each(['enter', 'esc', 'q'])(
  'a long report is read to its end at 80x24, and closed by %s',
  async (key) => {
    const opened = openConsole({
      size: { columns: 80, rows: 24 },
      prepare: (ports, clock) => {
        ports.open = oneOfEach(clock).map(({ open }) => open);
        Object.assign(ports, { report: async () => ({ ok: true, lines }) });
      },
    });
    await opened.sees('2 rollouts have not ended');
    await opened.press('l', 'L');
    await opened.sees('Rollouts of this machine');
    await opened.press('down', 'down', 'enter');
    await opened.sees('# Rollout cccc3333');
    expect(opened.screen()).not.toContain('The end.');
    expect(opened.screen().replaceAll(/\s+/g, ' ')).toContain('of what was done whole - step 1');
    await opened.press('end');
    await opened.sees('The end.');
    const drawn = opened.screen().split('\n');
    expect(drawn.length).toBeLessThanOrEqual(24);
    expect(drawn.filter((one) => cellsOf(one) > 80)).toEqual([]);
    expect(drawn.at(-1)).toContain('back');
    await opened.press(key);
    expect(front(opened.store.model()).name).toBe('rollouts');
    expect(opened.screen()).toContain('bbbb2222');
    expect(opened.screen()).not.toContain('The end.');
    expect(opened.ends).toEqual([]);
  },
);
