import { expect, test } from 'vitest';
import { openConsole } from '../support/open-console.ts';
import { openRollout } from '../support/open-rollout.ts';
import { planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { observed, planOfThree, reached } from '../support/usual-plan.ts';

const done = { type: 'rollout-ended', outcome: 'done', exitCode: 0 } as const;
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

test('at its end what somebody else has taken off is not said to be on', async () => {
  const opened = await openRollout();
  opened.link.say(done);
  opened.link.observe(observed(['a', 'b'], () => ({ enabled: true })));
  await opened.sees('Nothing is off because of us.');
  opened.link.observe(observed(['a', 'b'], ({ ip }) => ({ enabled: ip !== '10.0.0.11' })));
  await opened.second();
  expect(flat(opened.screen())).toContain(
    'What we took off is on again; Nacos says off of 10.0.0.11:8080, 10.0.0.11:20880: somebody else has taken that off since.',
  );
  expect(opened.screen()).not.toContain('Nothing is off');
});

test('at its end it names the command that tells it, which y copies', async () => {
  const opened = await openRollout();
  opened.link.say(done);
  await opened.sees('Its report: nacos-rollout report 7f3a');
});

test('the report of a sandbox is where the sandbox is', async () => {
  const opened = openConsole({ isSandbox: true });
  const link = {
    ...scriptedLink(opened.clock),
    directory: '/tmp/nacos rollout-demo-x/state/nacos-rollout/rollouts/7f3a',
  };
  link.say(planned(planOfThree(), reached));
  link.say(runnerStarted);
  await opened.clock.advance(0);
  opened.join(link, true);
  link.caughtUp();
  link.say(done);
  await opened.second();
  expect(flat(opened.screen())).toContain(
    "Its report, in another shell while this one is open: XDG_STATE_HOME='/tmp/nacos rollout-demo-x/state' nacos-rollout report 7f3a",
  );
  await opened.press('y');
  expect(opened.copies).toEqual([
    "XDG_STATE_HOME='/tmp/nacos rollout-demo-x/state' nacos-rollout report 7f3a",
  ]);
});
