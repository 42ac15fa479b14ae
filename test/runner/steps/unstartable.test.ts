import { expect, test } from 'vitest';
import { offByUs } from '../../../src/core/rollout/rollout.ts';
import { isAllOn, plainPlace, plainScenario, rolloutOn } from '../../simulation/run-plain.ts';

const target = '10.0.0.1:8080';
const by = 'someone@here';

/** Two instances; the system does not start the first command. */
function firstIsRefused(isAttended = true) {
  const scenario = { ...plainScenario(2), isAttended };
  return plainPlace(scenario, (_process, count, good) =>
    count === 1 ? { ...good(), isRefused: true } : good(),
  );
}

test('a deploy command that the system does not start is a question, and kept out meanwhile', async () => {
  const { run, place, began } = firstIsRefused();
  const rollout = run();
  await rollout.untilStuck();
  expect(rollout.events.find(({ type }) => type === 'deploy-ended')).toMatchObject({
    result: { kind: 'not-started', detail: 'E2BIG' },
  });
  expect(began).toEqual([]);
  await place.clock.advance(60_000);
  expect(offByUs(rollout.life.runner.rollout()).map((one) => one.target.name)).toEqual([target]);
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, by);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('where nobody can be asked, it is named and left off', async () => {
  const { run, paper } = firstIsRefused(false);
  expect(await run().end()).toBe(3);
  expect(offByUs(rolloutOn(paper)).map((one) => one.target.name)).toEqual([target]);
});

test('what is known not to start takes nobody off, and can be tried again', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const told: string[] = [];
  let detail: string | undefined = 'ENOENT: /srv is missing';
  place.commands.obstacle = ({ environment }) => {
    told.push(environment['NACOS_ROLLOUT_INSTANCE'] ?? '');
    return detail;
  };
  const rollout = run();
  await rollout.untilStuck();
  expect(told).toEqual([target]);
  expect(rollout.events.at(-1)).toMatchObject({
    type: 'step-failed',
    step: 'disable',
    why: { kind: 'command', result: { kind: 'not-started', detail } },
  });
  expect(rollout.events.filter(({ type }) => type === 'write-began')).toEqual([]);
  expect(isAllOn(place)).toBe(true);
  detail = undefined;
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, by);
  expect(await rollout.end()).toBe(0);
  expect(isAllOn(place)).toBe(true);
});

test('where nobody can be asked, nothing was touched', async () => {
  const { run, place } = plainPlace({ ...plainScenario(2), isAttended: false });
  place.commands.obstacle = () => 'E2BIG';
  const rollout = run();
  expect(await rollout.end()).toBe(1);
  expect(rollout.events.filter(({ type }) => type === 'write-began')).toEqual([]);
});
