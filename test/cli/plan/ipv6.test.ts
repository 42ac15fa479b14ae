import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0:';
const inBrackets = instance('orders', '[2001:db8::5]', 8080);
const ofJava = instance('orders', '2001:db8:0:0:0:0:0:6', 8080);
const withZone = instance('orders', 'fe80::8%eth0', 8080);
const deploy = ['--deploy', './redeploy.sh'] as const;

const stageOfThree = (): Stage => setStage([inBrackets, ofJava, withZone]);
const written = ({ registry }: Stage): readonly string[] => registry.writes.map(({ instance: { ip } }) => ip);

test('every address is shown with one pair of brackets, and as JSON as it is registered', async () => {
  const { out } = await stageOfThree().run('instances', 'orders', ...server);
  expect(out.match(/\S+:8080/g)).toEqual(['[2001:db8::5]:8080', '[2001:db8::6]:8080', '[fe80::8%eth0]:8080']);
  const json = await stageOfThree().run('instances', 'orders', '--json', ...server);
  expect(json.out).toContain('"ip":"[2001:db8::5]"');
});

test.each([
  ['[2001:db8::5]:8080', '[2001:db8::5]'],
  ['[2001:DB8:0:0::5]:8080', '[2001:db8::5]'],
  ['[2001:db8::6]:8080', '2001:db8:0:0:0:0:0:6'],
  ['[2001:0db8:0:0:0:0:0:0006]:8080', '2001:db8:0:0:0:0:0:6'],
  ['[fe80::8%eth0]:8080', 'fe80::8%eth0'],
  ['[FE80:0:0:0:0:0:0:8%eth0]:8080', 'fe80::8%eth0'],
])('--instance %s is written to as it is registered: %s', async (name, ip) => {
  const stage = stageOfThree();
  const { code } = await stage.run('disable', 'orders', '--instance', name, ...server);
  expect(code).toBe(0);
  expect(written(stage)).toEqual([ip]);
});

test.each([
  ['2001:db8::5', '[2001:db8::5]'],
  ['[2001:db8::5]', '[2001:db8::5]'],
  ['2001:DB8::0:6', '2001:db8:0:0:0:0:0:6'],
  ['fe80:0::8%eth0', 'fe80::8%eth0'],
])('--ip %s is %s', async (name, ip) => {
  const stage = stageOfThree();
  expect((await stage.run('disable', 'orders', '--ip', name, ...server)).code).toBe(0);
  expect(written(stage)).toEqual([ip]);
});

test('one that is not there is refused, and those that are there are named as they can be typed', async () => {
  const stage = stageOfThree();
  const { code, err } = await stage.run('disable', 'orders', '--instance', '[2001:db8::7]:8080', ...server);
  expect(code).toBe(2);
  expect(err).toContain('[2001:db8::5]:8080, [2001:db8::6]:8080, [fe80::8%eth0]:8080');
  const bare = await stage.run('disable', 'orders', '--instance', '2001:db8::5:8080', ...server);
  expect(bare.code).toBe(2);
  expect(bare.err).toContain('an IPv6 address in brackets: [2001:db8::1]:8080');
});

describe('--self', () => {
  test.each([
    ['2001:db8::6', '2001:db8:0:0:0:0:0:6'],
    ['2001:db8::5', '[2001:db8::5]'],
    ['fe80::8%eth0', 'fe80::8%eth0'],
  ])('%s is %s', async (own, ip) => {
    const stage = stageOfThree();
    stage.ports = { ...stage.ports, ownAddresses: () => ['10.0.0.1', own] };
    expect((await stage.run('disable', 'orders', '--self', ...server)).code).toBe(0);
    expect(written(stage)).toEqual([ip]);
  });
});

test('an address that stands for an IPv4 address is that one', async () => {
  const stage = setStage([instance('orders', '::ffff:10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)]);
  expect((await stage.run('disable', 'orders', '--instance', '10.0.0.1:8080', ...server)).code).toBe(0);
  expect(written(stage)).toEqual(['::ffff:10.0.0.1']);
});

test('a companion whose address is spelled otherwise goes with it, each as it is registered', async () => {
  const companion = instance(dubbo, '2001:db8:0:0:0:0:0:5', 20_880, { group: 'DUBBO_GROUP' });
  const stage = setStage([
    inBrackets,
    ofJava,
    companion,
    { ...companion, ip: '2001:db8::6' },
    { ...companion, ip: '2001:db8::7' },
  ]);
  const flags = ['--ip', '2001:db8::5', '--companion', `DUBBO_GROUP@@${dubbo}`, ...server];
  expect((await stage.run('disable', 'orders', ...flags)).code).toBe(0);
  expect((await stage.run('enable', 'orders', ...flags)).code).toBe(0);
  expect(written(stage)).toEqual([
    '[2001:db8::5]',
    '2001:db8:0:0:0:0:0:5',
    '2001:db8:0:0:0:0:0:5',
    '[2001:db8::5]',
  ]);
});

test('a plan names them so that it reads back', async () => {
  const stage = stageOfThree();
  const { code, out } = await stage.run('plan', ...server, '--service', 'orders', ...deploy);
  expect(code).toBe(0);
  const [entry] = planFileSchema.parse(parse(out)).stages[0]?.services ?? [];
  expect(entry?.instances).toEqual(['[2001:db8::5]:8080', '[2001:db8::6]:8080', '[fe80::8%eth0]:8080']);
  const path = join(newDirectory('plan'), 'plan.yaml');
  writeFileSync(path, out.replace('[2001:db8::6]', '[2001:DB8:0::6]'));
  expect((await stage.run('plan', '-f', path, ...server)).code).toBe(0);
});

test.each(['2001:db8::5::6', '[::1', '1.2.3', '010.0.0.1', 'a b', '[2001:db8::5::6]', 'x\ny', '[]'])(
  'what is no address (%j) is not rolled, and can be excluded as it is shown',
  async (ip) => {
    const stage = setStage([inBrackets, ofJava, instance('orders', ip, 8080)]);
    const plan = ['plan', ...server, '--service', 'orders', ...deploy];
    const refused = await stage.run(...plan);
    expect(refused.code).toBe(2);
    const [name = ''] = refused.err.split(' of DEFAULT_GROUP');
    const { code, out, err } = await stage.run(...plan, '--exclude', name);
    expect(err).not.toContain('not registered');
    expect({ name, code }).toEqual({ name, code: 0 });
    expect(out).toContain('[2001:db8::5]:8080');
  },
);
