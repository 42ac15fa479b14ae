import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judged, whyNoJudge } from '../support/judged.ts';
import { skipSaying } from '../support/skip-saying.ts';
import { type RecipeStage, setRecipeStage } from './recipe-stage.ts';

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const lines = [...readme.matchAll(/^jq .* rollout\.jsonl/gm)].map(([line]) => line);

let stage: RecipeStage;
/** A whole rollout, one deploy of which fails at first. */
beforeAll(async () => {
  stage = await setRecipeStage();
  const deploy = `test -e once || { touch once; exit 7; }; '${join(stage.sandbox.demo.dir, 'redeploy.sh')}'`;
  const words = ['run --service orders --drain 1s --yes --json --on-failure continue --deploy'];
  const { code } = await stage.run(`nacos-rollout ${words.join(' ')} "${deploy}" > rollout.jsonl`);
  expect(code).toBe(3);
});
afterAll(() => stage.end());

const outputOf = async (line: string): Promise<string> => {
  const { code, stdout, stderr } = await stage.run(line);
  expect([line, code, stderr]).toEqual([line, 0, '']);
  return stdout;
};

describe.skipIf(skipSaying(whyNoJudge()))('by a validator that is not ours', () => {
  test('each line of a whole rollout is an event by its published schema', async () => {
    const events = (await outputOf('cat rollout.jsonl')).trim().split('\n');
    expect(events.length).toBeGreaterThan(20);
    const schema: unknown = JSON.parse(await outputOf('nacos-rollout schema event'));
    const values = events.map((line): unknown => JSON.parse(line));
    expect(judged(schema, values)).toBe('');
    const wrong = values.map((value) => ({ ...(value as object), seq: 'first' }));
    expect(judged(schema, wrong)).not.toBe('');
  });
});

test('the lines of jq in the README tell what they promise', async () => {
  expect(lines).toHaveLength(3);
  const [on = '', failed = '', seconds = ''] = await Promise.all(lines.map(outputOf));
  expect(on).toMatch(/^\S+Z 127\.0\.0\.1:\d+ on after \d+ ms$/m);
  expect(failed).toMatch(/^127\.0\.0\.1:\d+\t\d+\texited$/m);
  expect(Number(seconds)).toBeGreaterThanOrEqual(2);
});
