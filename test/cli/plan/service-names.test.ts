import { expect, test } from 'vitest';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const odd = 'PROD@@pay';

/** A service whose name reads like another one's full name, beside that one, and a third that either may be cut to. */
function stageOfLookAlikes(): Stage {
  return setStage([
    instance('pay', '10.0.0.1', 8080, { group: 'PROD' }),
    instance('pay', '10.0.0.2', 8080, { group: 'PROD' }),
    instance(odd, '10.0.0.1', 8080),
    instance(odd, '10.0.0.2', 8080),
    instance('PROD', '10.0.0.1', 8080),
    instance('PROD', '10.0.0.2', 8080),
  ]);
}

const written = ({ registry }: Stage): readonly string[] =>
  registry.writes.map(({ instance: { group, service, ip } }) => `${group} ${service} ${ip}`);

const at = ['--instance', '10.0.0.1:8080', ...server] as const;

test('a name is split once: disable and enable write to the service that was named, and to no other', async () => {
  for (const verb of ['disable', 'enable']) {
    const stage = stageOfLookAlikes();
    const { code } = await stage.run(verb, `DEFAULT_GROUP@@${odd}`, ...at);
    expect({ verb, code, written: written(stage) }).toEqual({
      verb,
      code: 0,
      written: verb === 'disable' ? [`DEFAULT_GROUP ${odd} 10.0.0.1`] : [],
    });
  }
});

test.each([
  [['PROD@@pay'], 'PROD pay 10.0.0.1'],
  [['pay', '--group', 'PROD'], 'PROD pay 10.0.0.1'],
  [['PROD@@pay', '--group', 'PROD'], 'PROD pay 10.0.0.1'],
  [['PROD'], 'DEFAULT_GROUP PROD 10.0.0.1'],
  [[`DEFAULT_GROUP@@${odd}`, '--group', 'DEFAULT_GROUP'], `DEFAULT_GROUP ${odd} 10.0.0.1`],
])('disable %j writes to %s', async (words, expected) => {
  const stage = stageOfLookAlikes();
  const { code } = await stage.run('disable', ...words, ...at);
  expect({ code, written: written(stage) }).toEqual({ code: 0, written: [expected] });
});

test.each([
  ['disable', ['PROD@@pay', '--group', 'DEFAULT_GROUP', '--instance', '10.0.0.1:8080']],
  ['instances', ['PROD@@pay', '--group', 'DEFAULT_GROUP']],
  ['plan', ['--service', 'PROD@@pay', '--group', 'DEFAULT_GROUP', '--deploy', 'true']],
] as const)('%s with two groups is told to write the full name', async (verb, words) => {
  const stage = stageOfLookAlikes();
  const { code, err } = await stage.run(verb, ...words, ...server);
  expect(code).toBe(2);
  expect(err).toContain('DEFAULT_GROUP@@PROD@@pay');
  expect(stage.registry.writes).toEqual([]);
});

test.each(['PROD@@', '', 'pay ', 'PROD@@@@ '])('%j names no service', async (name) => {
  const stage = stageOfLookAlikes();
  const { code, err } = await stage.run('disable', name, ...at);
  expect({ code, written: written(stage) }).toEqual({ code: 2, written: [] });
  expect(err).toContain('GROUP@@NAME');
});

test.each(['A@@B', 'A@', ' A'])('the group %j is none that can be told from a name', async (group) => {
  const stage = setStage([
    instance('c', '10.0.0.1', 8080, { group }),
    instance('c', '10.0.0.2', 8080, { group }),
  ]);
  const { code } = await stage.run('disable', 'c', '--group', group, ...at);
  expect({ code, written: written(stage) }).toEqual({ code: 2, written: [] });
});

test('a plan names the services that were named', async () => {
  const stage = stageOfLookAlikes();
  const flags = ['--companion', 'PROD@@pay', '--deploy', 'true', ...server];
  const { code, out } = await stage.run('plan', '--service', `DEFAULT_GROUP@@${odd}`, ...flags);
  expect(code).toBe(0);
  expect(out).toMatch(/service: "?PROD@@pay/);
  expect(out).toMatch(/- service: pay\n\s+group: PROD/);
});

test('an override is about one service, whatever others are called', async () => {
  const one = { group: 'PROD' };
  const list = [
    instance('pay', '10.0.0.1', 8080, one),
    instance('pay', '10.0.0.1', 8081),
    instance('PROD', '10.0.0.9', 1),
  ];
  const companion = ['--companion', 'DEFAULT_GROUP@@pay', ...at];
  const tried = async (...override: string[]) => {
    const stage = setStage(list.map((each) => ({ ...each })));
    const { code, err } = await stage.run('disable', 'PROD@@pay', ...companion, ...override);
    return { code, err, written: written(stage).length };
  };
  expect(await tried('--override', 'PROD@@pay')).toMatchObject({
    code: 4,
    err: expect.stringContaining('last instance of pay'),
    written: 0,
  });
  expect(await tried('--override', 'pay')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/PROD@@pay.*DEFAULT_GROUP@@pay/),
    written: 0,
  });
  const both = ['--override', 'PROD@@pay', '--override', 'DEFAULT_GROUP@@pay'];
  expect(await tried(...both)).toMatchObject({ code: 0, written: 2 });
});

test('an override without a group is about the service of the group that is rolled', async () => {
  const stage = setStage([instance('pay', '10.0.0.1', 8080, { group: 'PROD' })]);
  const { code } = await stage.run('disable', 'pay', '--group', 'PROD', '--override', 'pay', ...at);
  expect({ code, written: written(stage) }).toEqual({ code: 0, written: ['PROD pay 10.0.0.1'] });
});

test('doctor names a service with instances off that it may not ask for', async () => {
  const stage = setStage([instance(odd, '10.0.0.1', 8080, { enabled: false })]);
  const error = { kind: 'not-addressable', service: `DEFAULT_GROUP@@${odd}` } as const;
  stage.registry.instances = async () => ({ ok: false, error });
  const { out } = await stage.run('doctor', ...server);
  expect(out).toContain(`cannot be asked for DEFAULT_GROUP@@${odd}`);
});
