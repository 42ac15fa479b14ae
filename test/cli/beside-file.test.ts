import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newDirectory } from '../support/new-directory.ts';
import { instance } from './support/fake-registry.ts';
import { server, setStage } from './support/stage.ts';

const zoned = (ip: string, zone: string, version: string) => ({
  ...instance('orders', ip, 8080),
  metadata: { zone, version },
});
const list = [
  zoned('10.0.0.1', 'a', '2.0'),
  zoned('10.0.0.2', 'a', '2.1'),
  zoned('10.0.0.3', 'b', '2.0'),
  zoned('10.0.0.4', 'a', '2.0'),
];
const named = 'instances: ["10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080"]';

function written(top = '', entry = named): string {
  const path = join(newDirectory('beside-file'), 'plan.yaml');
  const service = `service: orders, ${entry}, deploy: { run: ./redeploy.sh }`;
  writeFileSync(path, `version: 1\n${top}stages:\n  - services: [{ ${service} }]\n`);
  return path;
}

async function planned(path: string, ...flags: string[]) {
  const { code, out, err } = await setStage(list).run('plan', ...server, '-f', path, ...flags);
  return {
    code,
    file: parse(out),
    targets: err.match(/^ *\d+(\.\d+){3}:8080(?=  )/gm)?.map((one) => one.trim()) ?? [],
    err,
  };
}

test('flags narrow what a file names, and its own conditions hold too', async () => {
  expect((await planned(written())).targets).toHaveLength(3);
  const zone = await planned(written(), '--where', 'zone=a');
  expect(zone.targets).toEqual(['10.0.0.1:8080', '10.0.0.2:8080']);
  expect((await planned(written(), '--where', 'zone=a', '--not-on', '2.1')).targets).toEqual([
    '10.0.0.1:8080',
  ]);
  const both = await planned(written('', 'where: [zone=a]'), '--where', 'ip=*.4');
  expect(both.targets).toEqual(['10.0.0.4:8080']);
});

test('a limit as a flag lies over that of the file', async () => {
  const file = written('maxFailures: 2\ndeadline: 3h\n');
  const stop = await planned(file, '--on-failure', 'stop', '--deadline', '1h');
  expect(stop.file).toMatchObject({ onFailure: 'stop', deadline: '1h' });
  expect(stop.file).not.toHaveProperty('maxFailures');
  expect(stop.err).toContain('deadline 1 h after it began');
  expect(stop.err).not.toContain('failures up to');
  const more = await planned(written('onFailure: stop\n'), '--max-failures', '1');
  expect(more.file).toMatchObject({ maxFailures: 1 });
  expect(more.file).not.toHaveProperty('onFailure');
  expect(more.err).toContain('failures up to 1');
  expect((await planned(file, '--deadline', '1h')).file).toMatchObject({ maxFailures: 2, deadline: '1h' });
});

test('nothing left to do on that version is exit 0', async () => {
  const { code, err } = await planned(written('', 'where: [version=2.1]'), '--not-on', '2.1');
  expect(code).toBe(0);
  expect(err).toContain('2.1');
});

test('what nobody fits is said without a line of the file, in which it does not stand', async () => {
  const path = written();
  const { code, err } = await planned(path, '--where', 'zone=c');
  expect(code).toBe(2);
  expect(err).toContain('zone=c');
  expect(err).not.toContain('plan.yaml');
});

test('plan show names the flag', async () => {
  const path = written('deadline: 3h\n', 'where: [zone=a]');
  const flags = ['--where', 'weight>0', '--not-on', '2.1', '--deadline', '1h', '--max-failures', '10%'];
  const { out } = await setStage().run('plan', 'show', '-f', path, ...flags, '--json');
  const shown = JSON.parse(out) as { setting: string; value: string; origin: string; line?: number }[];
  const found = shown.filter(({ setting }) => /^(where|notOn|deadline|maxFailures|onFailure)$/.test(setting));
  expect(found.map(({ setting, value, origin, line }) => [setting, value, origin, line])).toEqual([
    ['onFailure', 'continue', 'built-in', undefined],
    ['maxFailures', '10%', 'flag', undefined],
    ['deadline', '1h', 'flag', undefined],
    ['where', '[zone=a]', 'service', 4],
    ['where', '[weight>0]', 'flag', undefined],
    ['notOn', '2.1', 'flag', undefined],
  ]);
});

const may = '--where, --not-on, --on-failure, --max-failures, --deadline';

test.each([
  [
    ['--service', 'orders'],
    `--file and --service cannot be given together: the plan file says it. Beside it may stand ${may}.`,
  ],
  [['--drain-ahead'], '--file and --drain-ahead cannot be given together'],
  [['--deploy-timeout', '5s'], '--file and --deploy-timeout cannot be given together'],
  [['--where', 'zone'], '--where zone is not right: write zone=a'],
  [['--deadline', '2001-01-01T00:00Z'], 'The deadline 2001-01-01T00:00Z is over'],
  [
    ['--max-failures', '2', '--on-failure', 'stop'],
    '--max-failures and --on-failure stop cannot be given together.',
  ],
])('beside a file %j is one sentence', async (flags, sentence) => {
  const { code, err } = await planned(written(), ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('where nothing is rolled no limit stands beside a file', async () => {
  const { code, err } = await setStage(list).run(
    'plan',
    'diff',
    ...server,
    '-f',
    written(),
    '--deadline',
    '1h',
  );
  expect({ code, err }).toEqual({ code: 2, err: '--file and --deadline cannot be given together.\n' });
});
