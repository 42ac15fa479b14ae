import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { machine } from '../support/journal-machine.ts';
import { server } from '../support/stage.ts';

const one = ['orders', '--instance', '10.0.0.5:8080'] as const;

const unwritable = (): string => {
  const path = join(newDirectory('one-shot'), 'file');
  writeFileSync(path, '');
  return join(path, 'state');
};

test('where no journal can be written, another instance is not touched', async () => {
  const { stage } = machine(unwritable());
  const { code, err } = await stage.run('disable', ...one, ...server);
  expect(code).toBe(2);
  expect(err).toContain('XDG_STATE_HOME');
  expect(stage.registry.writes).toEqual([]);
});

test.each([[['--self']], [['--ip', '10.0.0.1']], [['--instance', '10.0.0.1:8080']]])(
  'where no journal can be written, an instance of this machine goes all the same, with a warning (%j)',
  async (which) => {
    const { stage } = machine(unwritable());
    stage.registry.list = [...stage.registry.list, instance('orders', '10.0.0.1', 8080)];
    const { code, err } = await stage.run('disable', 'orders', ...which, ...server);
    expect(code).toBe(0);
    expect(err).toContain('10.0.0.1:8080 goes off without a record');
    expect(stage.registry.writes).toMatchObject([{ enabled: false }]);
  },
);

test('where no journal can be written, enable and what is off already are as before', async () => {
  const { stage } = machine(unwritable());
  stage.registry.list = stage.registry.list.map((each) =>
    each.ip === '10.0.0.5' ? { ...each, enabled: false } : each,
  );
  expect((await stage.run('disable', ...one, ...server)).code).toBe(0);
  expect((await stage.run('enable', ...one, ...server)).code).toBe(0);
});

test('a directory that can no longer be written stops nothing that is put on', async () => {
  const { stage, root } = machine();
  await stage.run('disable', ...one, ...server);
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  const path = join(root, 'rollouts', id, 'journal.jsonl');
  const before = readFileSync(path, 'utf8');
  // A directory in its place: nobody can make a lock there, not even root.
  mkdirSync(join(root, 'rollouts', id, `journal.lock.${process.pid}.new`));
  chmodSync(path, 0o400);
  expect((await stage.run('enable', ...one, ...server)).code).toBe(0);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
});
