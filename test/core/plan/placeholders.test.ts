import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { serviceKey } from '../../../src/core/registry/service.ts';
import { planProblems } from '../../../src/i18n/en/plan-problems.ts';
import { planProblems as planProblemsZhCn } from '../../../src/i18n/zh-cn/plan-problems.ts';
import { say } from '../../../src/i18n/grammar/say.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const listed = [instance('orders', '10.0.0.1', 8080)];

function problemOf(settings: object) {
  const file = planFileSchema.parse({
    version: 1,
    stages: [{ services: [{ service: 'orders', deploy: { run: './redeploy.sh' }, ...settings }] }],
  });
  const lists = (id: Parameters<typeof serviceKey>[0]) =>
    listed.filter((one) => serviceKey(one) === serviceKey(id));
  const made = makePlan(file, { namespace: 'public', group: 'DEFAULT_GROUP', lists });
  return made.ok ? undefined : made.problem;
}

const url = 'http://{nix}:{port}/health';

test.each([
  [{ check: { http: url } }, 'check'],
  [{ check: { actuator: url } }, 'check'],
  [{ check: { grpc: '{nix}:9090' } }, 'check'],
  [{ check: { http: 'http://{ip}/', changed: { url } } }, 'check'],
  [{ soak: { for: '5s', check: { http: url } } }, 'soak'],
  [{ leave: { http: `POST ${url}` } }, 'leave'],
  [{ back: { http: { method: 'POST', url } } }, 'back'],
  [{ drain: { consumers: 'grpc', evidence: { actuator: url } } }, 'evidence'],
  [{ drain: { consumers: 'grpc', evidence: { prometheus: { url, metric: 'calls_total' } } } }, 'evidence'],
  [{ drain: { consumers: 'grpc', evidence: ['connections', { json: { url, path: 'a' } }] } }, 'evidence'],
])('%j has a placeholder that nothing is filled into', (settings, setting) => {
  expect(problemOf(settings)).toMatchObject({ kind: 'unknown-placeholder', setting, placeholder: '{nix}' });
});

test.each([
  '{ip}',
  '{port}',
  '{management.port}',
  '{instance}',
  '{service}',
  '{group}',
  '{namespace}',
  '{cluster}',
])('%s is filled in', (placeholder) => {
  expect(problemOf({ check: { http: `http://{ip}:{port}/${placeholder}` } })).toBeUndefined();
});

test('what is in braces in a word of a command, or is no name, is left to whoever reads it', () => {
  expect(problemOf({ deploy: { argv: ['docker', 'inspect', '-f', '{{.State}}', '{nix}'] } })).toBeUndefined();
  expect(problemOf({ check: { http: 'http://{ip}:{port}/q?query=up{job="orders"}' } })).toBeUndefined();
});

const secret = 'http://ops:s3cret@{ip}:{port}/health';

test.each([
  [{ check: { http: secret } }, 'check'],
  [{ check: { actuator: secret } }, 'check'],
  [{ check: { http: 'http://{ip}/', changed: { url: secret } } }, 'check'],
  [{ soak: { for: '5s', check: { http: secret } } }, 'soak'],
  [{ leave: { http: `POST ${secret}` } }, 'leave'],
  [{ back: { http: { method: 'POST', url: secret } } }, 'back'],
])(
  '%j has a login, which would stand in the journal: it is refused, and not repeated',
  (settings, setting) => {
    const problem = problemOf(settings);
    expect(problem).toMatchObject({ kind: 'login-in-url', setting, url: 'http://…@{ip}:{port}/health' });
    if (problem === undefined) throw new Error('no problem');
    for (const sentences of [planProblems, planProblemsZhCn])
      expect(say(sentences, problem)).not.toContain('s3cret');
  },
);

test('the sentence says which there are, and what was meant', () => {
  const problem = problemOf({ check: { http: 'http://{ip}:{mangement.port}/health' } });
  if (problem === undefined) throw new Error('no problem');
  const there = '{ip}, {port}, {management.port}, {instance}, {service}, {group}, {namespace}, {cluster}';
  expect(say(planProblems, problem)).toBe(
    `The check of DEFAULT_GROUP@@orders has {mangement.port}, and there is no such placeholder; did you mean {management.port}? There are ${there}.`,
  );
  expect(say(planProblemsZhCn, problem)).toContain('{management.port}');
  const far = problemOf({ check: { http: 'http://{zzzzzzzz}/health' } });
  if (far === undefined) throw new Error('no problem');
  expect(say(planProblems, far)).toBe(
    `The check of DEFAULT_GROUP@@orders has {zzzzzzzz}, and there is no such placeholder. There are ${there}.`,
  );
});
