import { appendFileSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takenOff } from '../../../src/core/report/left-off.ts';
import { type Event, eventSchema } from '../../../src/core/event/event.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { dubbo, gone, keptIn, machine } from '../support/journal-machine.ts';
import { server, setStage } from '../support/stage.ts';
import { companion, one, command } from '../support/switched-orders.ts';

const journalOf = (root: string): string => {
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  return join(root, 'rollouts', id, 'journal.jsonl');
};

const eventsOf = (path: string): readonly Event[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => eventSchema.parse(JSON.parse(line)));

const countOf = (root: string): number => {
  try {
    return readdirSync(join(root, 'rollouts')).length;
  } catch {
    return 0;
  }
};

test('what it took off is named by doctor, status and history: who, when, by which command', async () => {
  const { stage } = machine();
  expect((await stage.run('disable', ...one, ...server)).code).toBe(0);
  const doctor = await stage.run('doctor', ...server);
  expect(doctor.code).toBe(3);
  expect(doctor.out).toContain(
    `10.0.0.5:8080 (orders) is off because of us: ann@bastion took it off at 2026-11-21T20:00:00.000Z with: ${command}`,
  );
  expect(doctor.out).toContain('nacos-rollout enable DEFAULT_GROUP@@orders --instance 10.0.0.5:8080');
  expect(doctor.out).not.toContain('that this machine knows of');
  expect(doctor.out).not.toContain('resume');
  const status = await stage.run('status');
  expect(status.code).toBe(3);
  expect(status.out).toContain(`by ann@bastion`);
  expect(status.out).toContain(command);
  expect(status.out).toContain('  off    10.0.0.5:8080');
  expect(status.out).toContain(
    'on again with: nacos-rollout enable DEFAULT_GROUP@@orders --instance 10.0.0.5:8080',
  );
  const history = await stage.run('history');
  expect(history.out).toMatch(
    /2026-11-21T20:00:00\.000Z +ann@bastion +orders +off once: nacos-rollout disable/,
  );
  const [state] = JSON.parse((await stage.run('status', '--json')).out) as {
    command: string;
    off: string[];
  }[];
  expect(state).toMatchObject({ command, off: ['10.0.0.5:8080'], state: 'ended', exitCode: 0 });
});

test.each(['doctor', 'status'])('the command that %s tells works as it is typed', async (told) => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  const { out } = await stage.run(told);
  const [, typed = ''] = /n again with: nacos-rollout (.*)/.exec(out) ?? [];
  expect(typed).toBe(`enable DEFAULT_GROUP@@orders --instance 10.0.0.5:8080 --server http://127.0.0.1:8848`);
  expect((await stage.run(...typed.split(' '))).code).toBe(0);
  expect((await stage.run('status')).code).toBe(0);
});

test('enable of it settles it, whoever of this machine asks for it', async () => {
  const { stage, root } = machine();
  await stage.run('disable', ...one, ...companion, ...server);
  // First the companion alone: the other is off still.
  await stage.run('enable', `DUBBO_GROUP@@${dubbo}`, '--instance', '10.0.0.5:20880', ...server);
  const between = await stage.run('status');
  expect(between.out).toContain('  off    10.0.0.5:8080');
  expect(between.out).not.toContain('20880');
  await stage.run('enable', ...one, ...server);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
  expect((await stage.run('doctor', ...server)).out).toContain('Nothing is off because of a rollout');
  expect(eventsOf(journalOf(root)).at(-1)).toMatchObject({ type: 'enabled' });
  // Off again by somebody else: that is not ours.
  stage.registry.list = stage.registry.list.map((each) =>
    each.ip === '10.0.0.5' ? { ...each, enabled: false } : each,
  );
  expect((await stage.run('doctor', ...server)).out).toContain(
    'no rollout or command that this machine knows of did it',
  );
});

test('put on from another machine: Nacos shows it, and it is named no more', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  stage.registry.list = stage.registry.list.map((each) => ({ ...each, enabled: true }));
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
  const doctor = await stage.run('doctor', ...server);
  expect(doctor.code).toBe(0);
  expect(doctor.out).toContain('Nothing is off');
  // What we find on is settled too.
  await stage.run('enable', ...one, ...server);
  expect((await stage.run('doctor', ...server)).out).toContain('Nothing is off');
});

test('what was off already is taken by nobody', async () => {
  const { stage, root } = machine();
  await stage.run('disable', ...one, ...server);
  const { err } = await stage.run('disable', ...one, ...server);
  expect(err).toContain('is off already');
  expect(countOf(root)).toBe(1);
});

test('a refused one leaves no trace', async () => {
  const { stage, root } = machine();
  expect((await stage.run('disable', ...one, '--minimum', '2', ...server)).code).toBe(4);
  expect(countOf(root)).toBe(0);
});

test('what was put back is not left off', async () => {
  const { stage, root } = machine();
  stage.registry.writeOutcome = (write) =>
    write.instance.port === 20_880
      ? { kind: 'refused', error: { kind: 'no-leader', detail: 'x' } }
      : undefined;
  expect((await stage.run('disable', ...one, ...companion, ...server)).code).toBe(1);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
  expect(eventsOf(journalOf(root)).at(-1)).toMatchObject({ type: 'rollout-ended', exitCode: 1 });
});

test('a copied state directory tells it', async () => {
  const { stage, root } = machine();
  await stage.run('disable', ...one, ...server);
  const copy = join(newDirectory('one-shot'), 'copy');
  cpSync(root, copy, { recursive: true });
  const there = keptIn(setStage(stage.registry.list), copy, process.pid);
  expect((await there.run('status')).out).toContain(command);
  expect((await there.run('doctor', ...server)).out).toContain(command);
});

test('killed at any line of its journal, it is named from the intent on, and nothing carries it on', async () => {
  const { stage, root } = machine(undefined, gone);
  await stage.run('disable', ...one, ...companion, ...server);
  const path = journalOf(root);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const firstWrite = lines.findIndex((line) => line.includes('"write-began"'));
  expect(firstWrite).toBeGreaterThan(0);
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  for (let count = 1; count <= lines.length; count++) {
    writeFileSync(path, `${lines.slice(0, count).join('\n')}\n`);
    appendFileSync(path, lines[count]?.slice(0, 9) ?? '');
    const { code, out } = await stage.run('status');
    const isNamed = count > firstWrite;
    expect({ count, code }).toEqual({ count, code: isNamed ? 3 : 0 });
    expect(out.includes(command)).toBe(isNamed);
    const resumed = await stage.run('resume', id, '--yes');
    expect({ count, code: resumed.code }).toEqual({ count, code: 2 });
    expect(resumed.err).toContain('there is nothing to carry on');
  }
});

test('after a kill enable settles it too', async () => {
  const { stage, root } = machine(undefined, gone);
  await stage.run('disable', ...one, ...server);
  const path = journalOf(root);
  const lines = readFileSync(path, 'utf8').split('\n');
  const firstWrite = lines.findIndex((line) => line.includes('"write-began"'));
  writeFileSync(path, `${lines.slice(0, firstWrite + 1).join('\n')}\n{"v":1,"se`);
  await stage.run('enable', ...one, ...server);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
});

test('while it is at work nobody else writes its journal', async () => {
  const { stage, root } = machine();
  await stage.run('disable', ...one, ...server);
  const path = journalOf(root);
  const lines = readFileSync(path, 'utf8').split('\n');
  const end = lines.findIndex((line) => line.includes('"rollout-ended"'));
  const open = `${lines.slice(0, end).join('\n')}\n`;
  writeFileSync(path, open);
  await stage.run('enable', ...one, ...server);
  expect(readFileSync(path, 'utf8')).toBe(open);
});

test('a later rollout says who took it off, and by which command', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  const rollouts = (await stage.ports.launcher.all()).rollouts.map(({ rollout }) => rollout);
  const [reached = { servers: [], contextPath: '' }] = rollouts.map(({ planned }) => planned.reached);
  const found = takenOff(rollouts, reached, {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    service: 'orders',
    cluster: 'DEFAULT',
    ip: '10.0.0.5',
    port: 8080,
  });
  expect(found).toMatchObject({ by: 'ann@bastion', command });
});

test('of two at once each is written down, and enable settles both', async () => {
  const { stage, root } = machine();
  await Promise.all([stage.run('disable', ...one, ...server), stage.run('disable', ...one, ...server)]);
  expect(countOf(root)).toBeGreaterThan(0);
  expect((await stage.run('status')).code).toBe(3);
  await stage.run('enable', ...one, ...server);
  expect(await stage.run('status')).toMatchObject({ code: 0, out: '' });
});

test('what was taken off with a companion and is put on without it: the companion is named, with its command', async () => {
  const { stage } = machine();
  expect((await stage.run('disable', ...one, ...companion, ...server)).code).toBe(0);
  const alone = await stage.run('enable', ...one, ...server);
  expect(alone.code).toBe(0);
  const command = `nacos-rollout enable DUBBO_GROUP@@${dubbo} --instance 10.0.0.5:20880 --server http://127.0.0.1:8848`;
  expect(alone.err).toContain(
    `DUBBO_GROUP@@${dubbo} 10.0.0.5:20880 was taken off with it and is off still. On again with: ${command}`,
  );
  const again = await stage.run(...command.split(' ').slice(1));
  expect(again.code).toBe(0);
  expect(again.err).not.toContain('off still');
  expect((await stage.run('status')).code).toBe(0);
});

test('what goes on with its companion has nothing more to say', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...companion, ...server);
  expect((await stage.run('enable', ...one, ...companion, ...server)).err).not.toContain('off still');
});
