import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { journal } from '../stay/journals.ts';

type Fate = 'dies' | 'rests';

/** As `openRollout` has it. */
const firstPid = 4711;
const started = (pid: number): Fact => ({
  type: 'runner-started',
  pid,
  host: 'bastion-1',
  isAttended: true,
  lease: 'held',
});

/** Followed here until its runner is there no more. */
async function alone(fate: Fate, mayDecide = true) {
  const opened = await openRollout({ size: { columns: 120, rows: 40 }, mayDecide });
  const { link, ports } = opened;
  disabledAndDraining(link, first);
  if (fate === 'rests') link.say({ type: 'runner-rested', why: 'unattended', exitCode: 3 });
  link.die();
  await opened.second();
  const goesOn = (pid: number) => {
    const next = journal(opened.clock, link.id, true, (also) => also.say(started(pid)));
    ports.open = [next.open];
    ports.launch = () => ({ ok: true, link: next.link });
  };
  const wait = async () => {
    for (let passed = 0; passed < 3; passed += 1) await opened.second();
  };
  return { opened, goesOn, wait };
}

const said = 'Somebody else carries this rollout on: it is followed again.';

test.each([
  ['dies', true],
  ['dies', false],
  ['rests', true],
] as const)(
  'what another runner carries on is followed again (%s, may decide: %s)',
  async (fate, mayDecide) => {
    const { opened, goesOn, wait } = await alone(fate, mayDecide);
    expect(opened.screen()).toMatch(/ITS RUNNER IS GONE|The runner rests/);
    goesOn(4712);
    await wait();
    expect(opened.ports.asked).toContainEqual({ attach: opened.link.id, mayDecide });
    expect(opened.screen()).toContain(said);
    expect(opened.screen()).not.toMatch(/ITS RUNNER IS GONE|The runner rests/);
    const before = opened.ports.asked.length;
    await wait();
    expect(opened.ports.asked).toHaveLength(before);
  },
);

test('the question whether to carry it on goes with that', async () => {
  const { opened, goesOn, wait } = await alone('dies');
  await opened.press('c');
  goesOn(4712);
  await wait();
  await opened.press('y');
  expect(opened.ports.asked).not.toContainEqual(expect.objectContaining({ resume: opened.link.id }));
  expect(opened.screen()).not.toContain('ITS RUNNER IS GONE');
});

test('a runner that is not heard any more is not asked again and again', async () => {
  const { opened, goesOn, wait } = await alone('dies');
  goesOn(firstPid);
  await wait();
  expect(opened.ports.asked).not.toContainEqual(expect.objectContaining({ attach: opened.link.id }));
});
