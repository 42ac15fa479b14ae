import { spawnSync } from 'node:child_process';

/** Reads `[schema, values]` and prints what is wrong with each. */
const judge = `
import json, sys
from jsonschema import Draft202012Validator
schema, values = json.load(sys.stdin)
Draft202012Validator.check_schema(schema)
for value in values:
    for error in Draft202012Validator(schema).iter_errors(value): print(error.json_path, error.message[:300])
`;

/** What a validator that is not ours has against values: a line for each mistake. */
export function judged(schema: unknown, values: readonly unknown[]): string {
  const input = JSON.stringify([schema, values]);
  const { stdout, stderr, status } = spawnSync('python3', ['-c', judge], { input, encoding: 'utf8' });
  return status === 0 ? stdout : stderr;
}

/** Why there is no such validator here; `undefined` where there is one. */
export function whyNoJudge(): string | undefined {
  const isThere = spawnSync('python3', ['-c', 'import jsonschema'], { stdio: 'ignore' }).status === 0;
  return isThere ? undefined : 'a validator that is not ours: Python has no jsonschema here';
}
