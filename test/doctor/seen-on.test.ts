import { expect, test } from 'vitest';
import { machine } from '../cli/support/journal-machine.ts';
import type { Rollout } from '../../src/core/rollout/rollout.ts';
import { type Stage, server } from '../cli/support/stage.ts';

const address = '10.0.0.5:8080';

test.each([['status'], ['doctor']])(
  'what %s has seen on is forgotten: whoever takes it off after that did so',
  async (command) => {
    const { stage } = machine();
    const look = (what: string, ...more: readonly string[]) =>
      stage.run(what, ...(what === 'doctor' ? server : []), ...more);
    const turn = (enabled: boolean): void => {
      stage.registry.list = stage.registry.list.map((one) =>
        `${one.ip}:${one.port}` === address ? { ...one, enabled } : one,
      );
    };
    expect((await stage.run('disable', 'orders', '--instance', address, ...server)).code).toBe(0);
    expect((await look('status')).code).toBe(3);
    turn(true);
    expect((await look(command)).code).toBe(0);
    turn(false);
    expect((await look('status')).code).toBe(0);
    const mended = await look('doctor', '--yes');
    expect(mended.out).toContain('no rollout or command that this machine knows of did it');
    expect(stage.registry.list.find(({ ip, port }) => `${ip}:${port}` === address)?.enabled).toBe(false);
  },
);

test('what a rollout that stands still left off is remembered, as it is carried on', async () => {
  const { stage } = machine();
  await stage.run('disable', 'orders', '--instance', address, ...server);
  const settled: unknown[] = [];
  const real = stage.ports.launcher;
  const standing = <One extends { readonly rollout: object }>(open: One): One => {
    const { ended: _gone, ...rollout } = open.rollout as Rollout;
    return { ...open, rollout };
  };
  const launcher: Stage['ports']['launcher'] = {
    ...real,
    all: async () => {
      const found = await real.all();
      return { ...found, rollouts: found.rollouts.map(standing) };
    },
    read: async (id) => {
      const found = await real.read(id);
      return found.ok ? { ...found, open: standing(found.open) } : found;
    },
    settleSwitch: async (on) => void settled.push(on),
  };
  stage.ports = { ...stage.ports, launcher };
  stage.registry.list = stage.registry.list.map((one) => ({ ...one, enabled: true }));
  await stage.run('status');
  await stage.run('doctor', ...server);
  expect(settled).toEqual([]);
});
