import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { planFileSchema } from '../../src/core/plan/plan-file.ts';
import { setStage } from '../cli/support/stage.ts';
import { judged, whyNoJudge } from '../support/judged.ts';
import { skipSaying } from '../support/skip-saying.ts';

type Example = { readonly what: 'plan' | 'profile'; readonly from: string; readonly value: unknown };

const root = join(import.meta.dirname, '..', '..');
const service = { service: 'orders' };

/** Roots of what is in a README for other programs. */
const ofOthers = ['spec', 'apiVersion', 'jobs', 'pipeline'];

/** What the YAML of a README is part of, made whole: a plan, its first lines or the settings of a service; or a profile. */
function examplesOf(page: string): readonly Example[] {
  const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```yaml\n([^]*?)^```/gm)];
  return blocks.flatMap(([, text = ''], at): readonly Example[] => {
    const from = `${page}, YAML ${at + 1}`;
    const value: unknown = parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    if (ofOthers.some((key) => key in value)) return [];
    if ('servers' in value) return [{ what: 'profile', from, value }];
    if ('version' in value) return [{ what: 'plan', from, value }];
    const entries = Object.entries(value);
    const isOfPlan = ([key]: [string, unknown]): boolean => key in planFileSchema.shape;
    const settings = { ...service, ...Object.fromEntries(entries.filter((entry) => !isOfPlan(entry))) };
    const plan = { version: 1, stages: [{ services: [settings] }] };
    return [{ what: 'plan', from, value: { ...plan, ...Object.fromEntries(entries.filter(isOfPlan)) } }];
  });
}

async function schemaOf(what: Example['what']): Promise<unknown> {
  const { out } = await setStage().run('schema', what);
  return JSON.parse(out);
}

const pages = ['README', 'README.zh-CN'].map((name) => `${name}.md`);

const examples = pages.flatMap(examplesOf);

test('both READMEs have as many examples, more than a few', () => {
  const [en = 0, zh] = pages.map((page) => examplesOf(page).length);
  expect(zh).toBe(en);
  expect(en).toBeGreaterThan(3);
});

test.each(examples)('$from is a right $what by its published schema', async ({ what, value }) => {
  const published = z.fromJSONSchema((await schemaOf(what)) as never);
  expect(published.safeParse(value)).toMatchObject({ success: true });
});

describe.skipIf(skipSaying(whyNoJudge()))('by a validator that is not ours', () => {
  test.each(examples)('$from is a right $what', async ({ what, value }) => {
    expect(judged(await schemaOf(what), [value])).toBe('');
  });

  test('a plan with a key that there is not is no right one', async () => {
    const plan = { version: 1, stages: [{ services: [{ ...service, drian: { floor: '10s' } }] }] };
    expect(judged(await schemaOf('plan'), [plan])).toContain('drian');
  });
});
