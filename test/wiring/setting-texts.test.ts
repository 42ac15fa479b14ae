import { expect, test } from 'vitest';
import type { FileDrain } from '../../src/core/plan/drain-file.ts';
import { planFileSchema } from '../../src/core/plan/plan-file.ts';
import { beginDraft, draftProblem } from '../../src/tui/draft/draft.ts';
import { planFileOf } from '../../src/tui/draft/draft-plan-file.ts';
import { shownSettings } from '../../src/tui/draft/settings.ts';
import { settingTexts } from '../../src/wiring/console/setting-texts.ts';

const stages = [{ services: [{ service: 'orders' }] }];
const url = 'http://{ip}:{port}/actuator';

test.each<[FileDrain | undefined, FileDrain]>([
  [undefined, { consumers: 'spring-cloud' }],
  [{ consumers: 'grpc' }, { consumers: 'grpc' }],
  [{ floor: '10s' }, { time: '10s' }],
  [{ time: '10s' }, { time: '10s' }],
  [{ evidence: 'connections' }, { consumers: 'spring-cloud', evidence: 'connections' }],
  [
    {
      time: '60s',
      evidence: [
        { actuator: url, ignore: ['/health', '/ready'] },
        { connections: { run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH', ignore: ['10.0.0.9'] } },
        { command: 'expr 1 + 1' },
      ],
      floor: '2s',
      ceiling: '2m',
      certainty: 0.9999,
      slowest: '30/m',
    },
    {
      time: '60s',
      evidence: [
        { actuator: url, ignore: ['/health', '/ready'] },
        { connections: { run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH', ignore: ['10.0.0.9'] } },
        { command: 'expr 1 + 1' },
      ],
      floor: '2s',
      ceiling: '2m',
      certainty: '0.9999',
      slowest: '30/m',
    },
  ],
])('the drain %j of a profile is typed into the form, and nothing of it is lost', (drain, expected) => {
  const draft = beginDraft('', [], settingTexts(drain && { drain }), false);
  expect(planFileOf(draft, undefined).defaults?.drain).toEqual(expected);
});

test.each([
  ['warmUp', { for: '60s', steps: ['20%'], check: { actuator: 'http://{ip}/actuator' } }],
  ['soak', { for: '60s', check: { grpc: '{ip}:9090' } }],
] as const)('the form keeps of a profile how its %s is watched, with the time that is typed', (key, said) => {
  const defaults = planFileSchema.parse({ version: 1, defaults: { [key]: said }, stages }).defaults ?? {};
  const draft = beginDraft('', [], settingTexts(defaults), false, { [key]: defaults[key] });
  expect(planFileOf(draft, undefined).defaults?.[key]).toEqual(defaults[key]);
  const typed = (text: string) => ({ ...draft, settings: { ...draft.settings, [key]: text } });
  expect(planFileOf(typed('5s'), undefined).defaults?.[key]).toEqual({ ...said, for: '5s' });
  expect(planFileOf(typed(''), undefined).defaults?.[key]).toBeUndefined();
});

test('the limits of evidence are shown where there is evidence, and mean nothing elsewhere', () => {
  const draft = beginDraft('', [], { deploy: './x', evidence: 'connections', floor: 'soon' }, false);
  expect(shownSettings(draft.settings)).toContain('floor');
  expect(draftProblem(draft)).toBe('floor');
  const without = { ...draft, settings: { ...draft.settings, evidence: ' ' } };
  expect(shownSettings(without.settings)).not.toContain('floor');
  expect(draftProblem(without)).toBeUndefined();
  expect(planFileOf(without, undefined).defaults?.drain).toEqual({ consumers: 'spring-cloud' });
});

test.each([
  ['evidence', 'conections'],
  ['floor', '5'],
  ['ceiling', '-1s'],
  ['certainty', '99.9'],
  ['slowest', 'rare'],
] as const)('the setting %s is not %s', (name, text) => {
  const draft = beginDraft('', [], { deploy: './x', evidence: 'connections', [name]: text }, false);
  expect(draftProblem(draft)).toBe(name);
});

test.each([
  ['check', { tcp: true, successes: 9, within: '10m' }, { check: 'grpc' }, { grpc: true }],
  [
    'deploy',
    { argv: ['./x', 'a b'], retries: 2, wait: '10s' },
    { deploy: './y' },
    { run: './y', timeout: '10m' },
  ],
  ['deploy', { run: './x', timeout: '3m', retries: 2 }, { timeout: '4m' }, { run: './x', timeout: '4m' }],
  ['rollback', { run: './x', retries: 2 }, { rollback: './y' }, { run: './y', timeout: '10m' }],
] as const)(
  'a %s of the profile is whole, until something is typed over it',
  (key, said, typed, expected) => {
    const defaults = { [key]: said };
    const draft = beginDraft('', [], settingTexts(defaults), false, defaults);
    expect(planFileOf(draft, 'prod').defaults?.[key]).toEqual(said);
    const other = { ...draft, settings: { ...draft.settings, ...typed } };
    expect(planFileOf(other, 'prod').defaults?.[key]).toEqual(expected);
  },
);
