import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = [instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8080)];

function written(text: string): string {
  const path = join(newDirectory('check'), 'plan.yaml');
  writeFileSync(path, text);
  return path;
}

const good = 'version: 1\nstages: [{ services: [{ service: orders, deploy: { run: x } }] }]\n';

test('a good plan is reviewed and said to be good, and no plan is printed', async () => {
  const { code, out, err } = await setStage(listed).run('plan', 'check', ...server, '-f', written(good));
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('10.0.0.1:8080');
  expect(err.trimEnd().split('\n').at(-1)).toBe('Nothing speaks against it: run would start this plan.');
});

test.for([
  [{ kind: 'minimum-impossible', service: 'orders', minimum: 2, wouldWork: 1 }, 4],
  [{ kind: 'command-missing', command: './nosuch.sh' }, 2],
  [{ kind: 'locked', service: 'orders', id: '7f3a', by: 'bob@bastion', since: '20:00' }, 5],
] as const)('what run would be refused for, %j, has its exit code', async ([refusal, expected]) => {
  const stage = setStage(listed);
  stage.findings = [{ level: 'refused', ...refusal }];
  const { code, out, err } = await stage.run('plan', 'check', ...server, '-f', written(good));
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toContain('run would write nothing');
  expect(err).not.toContain('Nothing speaks against it');
});

test('gates are in the review, and one that never comes is named', async () => {
  const text = `${good}gates:
  - { before: rollout, run: ./announce.sh --all, timeout: 30s }
  - { before: 99, pause: look }
  - { name: late, between: stages, soak: 1m }
`;
  const { code, err } = await setStage(listed).run('plan', 'check', ...server, '-f', written(text));
  expect(code).toBe(0);
  expect(err).toContain('gate 1 (before the rollout): ./announce.sh --all (at most 30 s)\n');
  expect(err).toContain(
    'The gate before: 99 (pause: look) never comes: nothing in this plan is what it stands before.\n',
  );
  expect(err).toContain('The gate between: stages (late) never comes: ');
});

test('a pipeline gets the same as one line of JSON', async () => {
  const stage = setStage(listed);
  const words = ['plan', 'check', ...server, '--json', '-f'];
  const fine = await stage.run(...words, written(good));
  const targets = ['10.0.0.1:8080', '10.0.0.2:8080'];
  expect(JSON.parse(fine.out)).toEqual({ type: 'plan-checked', exitCode: 0, targets, findings: [] });
  stage.findings = [{ level: 'refused', kind: 'command-missing', command: './nosuch.sh' }];
  const refused = await stage.run(...words, written(good));
  const [finding] = (JSON.parse(refused.out) as { findings: unknown[] }).findings;
  expect([refused.code, finding]).toEqual([
    2,
    expect.objectContaining({ level: 'refused', kind: 'command-missing' }),
  ]);
  const broken = await stage.run(...words, written('version: 1\nstages: 5\n'));
  expect(JSON.parse(broken.out)).toEqual({
    type: 'plan-checked',
    exitCode: 2,
    problems: broken.err.trimEnd().split('\n'),
  });
});

test('all that is wrong with a file is said, in its order', async () => {
  const path = written(
    'version: 1\nonFailure: stpo\nstages:\n  - services:\n      - service: orders\n        bacth: 2\n        drain: { floor: 10 }\n',
  );
  const { code, err } = await setStage(listed).run('plan', 'check', ...server, '-f', path);
  expect(code).toBe(2);
  expect(err.replaceAll(path, 'plan.yaml').trimEnd().split('\n')).toEqual([
    'The plan plan.yaml is not right: line 2, column 12, onFailure: there is no stpo; did you mean stop?',
    'The plan plan.yaml is not right: line 6, column 9, stages[0].services[0]: there is no key bacth; did you mean batch?',
    'The plan plan.yaml is not right: line 7, column 25, stages[0].services[0].drain.floor: a duration is written 500ms, 40s, 2m or 1h; did you mean 10s?',
  ]);
});

const three =
  'version: 1\nonFailure: stpo\nstages:\n  - services:\n      - service: orders\n        bacth: 2\n        drain: { floor: 10 }\n';

test.each([['run', '--yes'], ['run', '--dry-run'], ['run'], ['plan']])(
  '%s %s names all that is wrong with a file',
  async (...words) => {
    const { code, err } = await setStage(listed).run(...words, ...server, '-f', written(three));
    expect(code).toBe(2);
    expect(err.match(/is not right: line \d/g)).toHaveLength(3);
  },
);

test('what Nacos does not list is said of each service of a plan', async () => {
  const text = `version: 1
defaults: { deploy: { run: x } }
stages:
  - services: [{ service: ordres }]
  - services:
      - service: orders
        instances: ['10.0.0.9:8080']
      - service: orders
        cluster: nowhere
`;
  const path = written(text);
  const { code, out, err } = await setStage(listed).run('plan', 'check', ...server, '--json', '-f', path);
  expect(code).toBe(2);
  expect(
    err
      .replaceAll(path, 'plan.yaml')
      .split('\n')
      .map((line) => /^plan.yaml, line \d+/.exec(line)?.[0]),
  ).toEqual(['plan.yaml, line 4', 'plan.yaml, line 7', 'plan.yaml, line 9', undefined]);
  expect(JSON.parse(out).problems).toHaveLength(3);
});
