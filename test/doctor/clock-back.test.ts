import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { machine } from '../cli/support/journal-machine.ts';
import { server } from '../cli/support/stage.ts';

const one = ['orders', '--instance', '10.0.0.5:8080', ...server] as const;

test.each([['status'], ['doctor']])(
  '%s names what was taken off after the clock was set back, though it was put on at a later time',
  async (command) => {
    const { stage: ahead, root } = machine();
    await ahead.clock.advance(2 * 3_600_000);
    await ahead.run('disable', ...one);
    await ahead.run('enable', ...one);
    const [id = ''] = readdirSync(join(root, 'rollouts'));
    const at = ahead.clock.wallClock() / 1000;
    utimesSync(join(root, 'rollouts', id, 'journal.jsonl'), at, at);
    const { stage } = machine(root);
    await stage.run('disable', ...one);
    const { code, out } = await stage.run(command, ...(command === 'doctor' ? server : []));
    expect(code).toBe(3);
    expect(out).toContain('nacos-rollout disable orders --instance 10.0.0.5:8080');
  },
);
