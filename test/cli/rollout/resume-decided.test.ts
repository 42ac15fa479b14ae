import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Event, Fact } from '../../../src/core/event/event.ts';
import type { HandOver } from '../../../src/runner/ports/hand-over.ts';
import { createLauncher } from '../../../src/runner/process/launch.ts';
import { journalPath, readJournal } from '../../../src/runner/store/journal.ts';
import { rolloutDirectory } from '../../../src/runner/store/state-directory.ts';
import { takeJournal } from '../../../src/runner/store/lock.ts';
import { markOf } from '../../../src/world/process-mark.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { listed, openOf, plannedFact } from '../support/journaled.ts';
import { target, writeBegan } from '../support/orders-stage.ts';
import { type Stage, setStage } from '../support/stage.ts';

const id = '7f3a0001';
const at = '2026-11-21T20:00:00.000Z';
const rested: Fact = { type: 'runner-rested', why: 'stuck', exitCode: 3 };
const started: Fact = { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' };

/** Its deploy began and left no outcome, and its runner rests. */
const unknown: readonly Fact[] = [
  started,
  writeBegan,
  { type: 'deploy-began', target, attempt: 1, command: 'x', directory: 'commands/1' },
  { type: 'deploy-ended', target, attempt: 1, ms: 5, result: { kind: 'lost' } },
  rested,
];

type House = { stage: Stage; directory: string; handedOver: HandOver[]; events: () => readonly Event[] };

function resting(...facts: readonly Fact[]): House {
  const stage = setStage(listed);
  const state = { root: join(newDirectory('decided'), 'state'), temporary: '/tmp', userId: 0 };
  const directory = rolloutDirectory(state, id);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { events } = openOf(id, at, [plannedFact(), ...facts]);
  writeFileSync(journalPath(directory), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const handedOver: HandOver[] = [];
  const launcher = createLauncher({
    clock: stage.clock,
    state,
    pid: process.pid,
    who: 'ann@bastion',
    host: 'bastion',
    workingDirectory: '/srv',
    spawnRunner: async (handOver) => {
      handedOver.push(handOver);
      return { ok: false, problem: { kind: 'runner-failed', detail: 'none here' } };
    },
  });
  stage.ports = { ...stage.ports, launcher };
  const onDisk = (): readonly Event[] => {
    const read = readJournal(directory);
    return read.ok ? read.events : [];
  };
  return { stage, directory, handedOver, events: onDisk };
}

test('a decision is handed to the runner that carries on, and nobody is asked for --yes', async () => {
  const { stage, handedOver } = resting(...unknown);
  await stage.run('resume', id, '--decide', `${target}=take-as-done`);
  expect(handedOver).toMatchObject([
    { kind: 'resume', isAttended: false, decisions: [{ target, decision: 'take-as-done' }] },
  ]);
});

test('at a terminal too, what was decided needs no question', async () => {
  const { stage, handedOver } = resting(...unknown);
  stage.isTerminal = true;
  await stage.run('resume', id, '--decide', `${target}=leave-off`);
  expect(handedOver).toMatchObject([{ isAttended: false, decisions: [{ decision: 'leave-off' }] }]);
});

test.each([
  [
    '10.0.0.2:8080=retry',
    '10.0.0.2:8080 waits for no decision; this does: 10.0.0.1:8080. Nothing was begun.',
  ],
  ['10.9.9.9:1=retry', '10.9.9.9:1 waits for no decision; this does: 10.0.0.1:8080. Nothing was begun.'],
  [`${target}=take-new`, `take-new cannot be decided about ${target} as it stands; nothing was begun.`],
  [`${target}=roll-back`, `roll-back cannot be decided about ${target} as it stands; nothing was begun.`],
  [`${target}=fly`, `--decide ${target}=fly is not right: write TARGET=DECISION, where`],
  ['=retry', '--decide =retry is not right: write TARGET=DECISION, where'],
  [target, `--decide ${target} is not right: write TARGET=DECISION, where`],
])('--decide %s is exit 2, and no runner begins', async (text, sentence) => {
  const { stage, handedOver } = resting(...unknown);
  const { code, err } = await stage.run('resume', id, '--decide', text);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
  expect(handedOver).toEqual([]);
});

test('of a target that the plan went on from nothing is tried again, and that is said', async () => {
  const left: Fact = { type: 'decided', target, decision: 'leave-off', by: 'nobody' };
  const { stage, handedOver } = resting(...unknown.slice(0, -1), left, rested);
  const { code, err } = await stage.run('resume', id, '--decide', `${target}=retry`);
  expect([code, handedOver]).toEqual([2, []]);
  expect(err).toContain(`${target} is through, and nothing of it is tried again in this rollout`);
  expect(err).toContain('enable');
});

test('--abort put-back hands over that nothing goes forward', async () => {
  const { stage, handedOver } = resting(...unknown);
  await stage.run('resume', id, '--abort', 'put-back');
  expect(handedOver).toMatchObject([{ kind: 'resume', isPuttingBack: true, isAttended: false }]);
});

test('--abort leave ends it as it is, names what is off, and exits 3', async () => {
  const { stage, handedOver, events } = resting(...unknown);
  const { code, err } = await stage.run('resume', id, '--abort', 'leave');
  expect(code).toBe(3);
  expect(err.split('\n')).toEqual([
    'The rollout was given up.',
    'Still off because of us: 10.0.0.1:8080',
    'On again with: nacos-rollout enable DEFAULT_GROUP@@orders --instance 10.0.0.1:8080 --server http://a:8848',
    '',
  ]);
  expect(handedOver).toEqual([]);
  expect(events().at(-1)).toMatchObject({ type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 });
});

test.each([
  [['--abort', 'now'], '--abort now is not right: write one of put-back, leave.'],
  [['--abort', 'leave', '--decide', `${target}=retry`], '--abort and --decide cannot be given together.'],
])('resume with %j is exit 2', async (flags, sentence) => {
  const { stage, handedOver } = resting(...unknown);
  const { code, err } = await stage.run('resume', id, ...flags);
  expect([code, err.trim(), handedOver]).toEqual([2, sentence, []]);
});

test('--pass-gate of a rollout that stands at none begins nothing', async () => {
  const { stage, handedOver } = resting(...unknown);
  const { code, err } = await stage.run('resume', id, '--pass-gate');
  expect([code, handedOver]).toEqual([2, []]);
  expect(err).toContain('waits at no gate that could be passed now; nothing was begun');
});

test('whatever refuses it is a line of JSON, and stands in the report of a pipeline', async () => {
  const { stage, directory } = resting(...unknown);
  const refused = async (...flags: readonly string[]) => {
    const { code, out } = await stage.run('resume', id, ...flags, '--json', '--report', 'junit=/r.xml');
    return { code, json: JSON.parse(out) as unknown, junit: stage.written.get('/r.xml') };
  };
  const launched = await refused('--yes');
  expect(launched.json).toMatchObject({ type: 'refused', findings: [{ kind: 'runner-failed' }] });
  expect(launched.junit).toContain('none here');
  takeJournal(directory, { ...markOf(process.pid), id, by: 'bob@b', since: '20:00' });
  const held = await refused('--abort', 'leave');
  expect(held).toMatchObject({ code: 5, json: { type: 'refused', exitCode: 5 } });
  expect(held.junit).toContain('bob@b');

  const over: Fact = { type: 'rollout-ended', outcome: 'abandoned', exitCode: 3 };
  const ended = resting(...unknown, over).stage;
  const again = await ended.run('resume', id, '--yes', '--json', '--report', 'junit=/r.xml');
  expect(JSON.parse(again.out)).toMatchObject({ type: 'refused', exitCode: 2 });
  expect(ended.written.get('/r.xml')).toContain('has ended');
});
