import { expect, test } from 'vitest';
import { openConsole } from '../support/open-console.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { observed } from '../support/usual-plan.ts';
import { journal } from '../stay/journals.ts';

const size = { columns: 120, rows: 40 };

/** In its drain; then the runner is killed, and a minute passes. */
async function killed(mayDecide: boolean) {
  const opened = await openRollout({ size, mayDecide });
  opened.link.observe(observed(['a'], ({ ip }) => ({ enabled: ip !== '10.0.0.11' })));
  disabledAndDraining(opened.link, first);
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  expect(opened.screen()).toContain('Draining 10.0.0.11:8080: 3 s of 40 s');
  opened.link.die();
  for (let passed = 0; passed < 60; passed += 1) await opened.second();
  return opened;
}

test('where the runner is gone nothing counts on, and the screen says what is off and what to press', async () => {
  const opened = await killed(true);
  // Whatever is pressed, it stays there.
  await opened.press('j');
  expect(opened.screen()).toContain('ITS RUNNER IS GONE: nothing is done any more');
  expect(opened.screen()).toContain('Off because of us: 10.0.0.11:8080, 10.0.0.11:20880');
  expect(opened.screen()).toContain('c carries on, A puts back what is well.');
  expect(opened.screen()).not.toContain('Draining');
  expect(opened.screen()).toMatch(/10\.0\.0\.11:8080 .*◔ 3\.0s/);
  expect(opened.screen()).toContain('Nacos said then');
});

test('of a rollout that has ended, and of which nobody reads Nacos any more, the last word is one of then', async () => {
  const opened = await openRollout({ size });
  opened.link.observe(observed(['a']));
  await opened.second();
  expect(opened.screen()).toContain('Nacos says now');
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
  opened.link.die();
  await opened.second();
  expect(opened.screen()).toContain('Nacos said then');
});

test('who only watches is told where it is carried on', async () => {
  const opened = await killed(false);
  await opened.press('j');
  expect(opened.screen()).toContain('ITS RUNNER IS GONE');
  expect(opened.screen()).toContain('esc, then L, where c carries on');
});

test('a rollout that comes to rest while it is offered is carried on as one that stands still', async () => {
  let rests = (): void => undefined;
  const opened = openConsole({
    size,
    prepare: (ports, clock) => {
      ports.open = [journal(clock, 'aaaa1111', true, (link) => disabledAndDraining(link, first)).open];
      rests = () => {
        ports.open = [
          journal(clock, 'aaaa1111', false, (link) => {
            disabledAndDraining(link, first);
            link.say({ type: 'runner-rested', why: 'unattended', exitCode: 3 });
          }).open,
        ];
      };
    },
  });
  await opened.sees('1 rollout has not ended');
  expect(opened.screen()).toMatch(/orders {2}aaaa1111 {2}runs/);
  rests();
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  expect(opened.screen()).not.toMatch(/aaaa1111 {2}runs/);
  await opened.press('c', 'y');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ resume: 'aaaa1111' }));
});

test('a server node that never answered says nothing of what is there', async () => {
  const opened = await openRollout({ size });
  const silent = { consumers: [], unreadable: [], instances: [], problem: 'unreachable' };
  opened.link.observe(observed(['a']).map(({ service }) => ({ service, nodes: [{ ...silent, node: 'a' }] })));
  expect(opened.screen()).not.toContain('not there');
  expect(opened.screen()).not.toContain('on and well 0');
  expect(opened.screen()).toContain('not read yet');
});
