import { expect, test } from 'vitest';
import { type Opened, openConsole } from '../support/open-console.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { toReview } from '../support/to-review.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';
import { journal, oneOfEach } from './journals.ts';

/** One that runs, one that stands still with something off, and one that is over. */
async function listed(): Promise<Opened & { readonly links: Readonly<Record<string, ScriptedLink>> }> {
  const links: Record<string, ScriptedLink> = {};
  const opened = openConsole({
    prepare: (ports, clock) => {
      const some = oneOfEach(clock);
      for (const { open, link } of some) links[open.id] = link;
      ports.open = some.map(({ open }) => open);
      ports.launch = (asked) => {
        const { attach, resume } = asked as { attach?: string; resume?: string };
        const link = links[attach ?? resume ?? ''];
        return link === undefined
          ? { ok: false, problem: { kind: 'runner-failed', detail: 'no script' } }
          : { ok: true, link };
      };
    },
  });
  await opened.sees('2 rollouts have not ended');
  await opened.press('l', 'L');
  await opened.sees('Rollouts of this machine 3 · 1 under way · 1 with something off');
  return { ...opened, links };
}

test('lists those that run, that stand still and that are over, with where the targets of one stand', async () => {
  const opened = await listed();
  expect(opened.screen()).toMatch(/▸ orders .*runs +aaaa1111 +0\/3/);
  expect(opened.screen()).toMatch(/orders .*runner is gone +bbbb2222 +0\/3 +2/);
  expect(opened.screen()).toMatch(/orders .*done +cccc3333/);
  await opened.press('down');
  expect(opened.screen()).toMatch(/off +10\.0\.0\.11:8080/);
});

test('what was put back as it was is not done', async () => {
  const opened = openConsole({
    prepare: (ports, clock) => {
      const { open } = journal(clock, 'dddd4444', false, (link) => {
        disabledAndDraining(link, first);
        link.say({ type: 'abort-asked', how: 'put-back', by: 'deployer@bastion-1' });
        link.say({ type: 'enable-began', target: first, attempt: 1 });
        for (const registration of [0, 1])
          link.say({ type: 'read-back', target: first, registration, enabled: true, nodes: [] });
        link.say({ type: 'enabled', target: first, attempt: 1, ms: 600 });
        link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
      });
      ports.open = [open];
    },
  });
  await opened.sees('prod-sh');
  await opened.press('L');
  await opened.sees('dddd4444');
  expect(opened.screen()).toMatch(/dddd4444 +0\/3/);
  expect(opened.screen()).toMatch(/ done +-$/m);
  expect(opened.screen()).toMatch(/ as was +10\.0\.0\.11:8080/);
});

test('what an aborted one never touched is to do, not done', async () => {
  const opened = openConsole({
    prepare: (ports, clock) => {
      const { open } = journal(clock, 'eeee5555', false, (link) => {
        disabledAndDraining(link, first);
        link.say({ type: 'abort-asked', how: 'leave', by: 'deployer@bastion-1' });
        link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
      });
      ports.open = [open];
    },
  });
  await opened.sees('prod-sh');
  await opened.press('L');
  await opened.sees(/done +-\n +off +10\.0\.0\.11:8080\n +to do +10\.0\.0\.12:8080, 10\.0\.0\.13:8080/);
});

test('enter only watches one that runs, and esc comes back to the list', async () => {
  const opened = await listed();
  await opened.press('enter');
  await opened.sees('ONLY WATCHING');
  expect(opened.ports.asked).toContainEqual({ attach: 'aaaa1111', mayDecide: false });
  await opened.press('esc');
  await opened.sees('Rollouts of this machine');
});

test('enter opens the report of any other, which y copies', async () => {
  const opened = await listed();
  await opened.press('down', 'down', 'enter');
  await opened.sees('# Rollout cccc3333');
  await opened.press('y');
  expect(opened.copies).toEqual(['# Rollout cccc3333\n\nNothing is off.']);
  await opened.press('esc');
  await opened.sees('Rollouts of this machine');
});

test('a report is told in the language that the console speaks now', async () => {
  const opened = await listed();
  await opened.press('ctrl-t', 'down', 'down', 'enter');
  await opened.sees('# Rollout cccc3333');
  expect(opened.ports.asked).toContainEqual({ report: 'cccc3333', language: 'zh-CN' });
});

test('carries on with one that stands still, once that is said with another key', async () => {
  const opened = await listed();
  await opened.press('down', 'c');
  await opened.sees('Carry on with this rollout?');
  await opened.press('y');
  await opened.sees('rollout bbbb2222');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ resume: 'bbbb2222' }));
});

test('nothing is carried on that is over', async () => {
  const opened = await listed();
  await opened.press('down', 'down', 'c');
  await opened.sees('This rollout is over.');
  await opened.press('X');
  await opened.sees('This rollout is over.');
});

test('reads the journals again by itself and keeps the cursor on its rollout, asking no Nacos', async () => {
  const opened = await listed();
  await opened.press('down');
  const connects = (): number => opened.ports.asked.filter((one) => 'connect' in Object(one)).length;
  const before = connects();
  const newer = journal(opened.clock, 'dddd4444', true).open;
  opened.ports.open = [newer, ...opened.ports.open];
  await opened.second();
  await opened.second();
  await opened.second();
  await opened.sees('dddd4444');
  expect(opened.screen()).toMatch(/▸ orders .*bbbb2222/);
  expect(connects()).toBe(before);
});

test('a rollout is left to itself with the console open, on the list of this machine', async () => {
  const opened = await openRollout();
  await opened.press('d');
  await opened.sees('let it go on, and show the rollouts of this machine');
  await opened.press('l');
  await opened.sees('Rollouts of this machine');
  expect(opened.link.orders).toEqual([{ type: 'detach' }]);
  expect(opened.link.isClosed).toBe(true);
  expect(opened.ends).toEqual([]);
  await opened.press('q');
  expect(opened.ends).toMatchObject([{ exitCode: 0, exitSummary: { kind: 'goes-on', id: '7f3a' } }]);
});

test('says that there is none yet', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('L');
  await opened.sees('No rollout yet on this machine.');
});

test('at the end it is said what became of a rollout that was left, not that it goes on', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('d', 'l');
  expect(opened.store.model().leaving?.exitSummary.kind).toBe('goes-on');
  const ended = (isAllOn: boolean) =>
    journal(opened.clock, '7f3a', false, (link) => {
      disabledAndDraining(link, first);
      if (isAllOn)
        for (const registration of [0, 1])
          link.say({ type: 'read-back', target: first, registration, enabled: true, nodes: [] });
      link.say({ type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: 3 });
    }).open;
  opened.ports.open = [ended(false)];
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  expect(opened.store.model().leaving).toMatchObject({
    exitCode: 3,
    exitSummary: { off: [expect.anything(), expect.anything()] },
  });
  // The doctor puts it on, also while another screen is shown.
  opened.ports.open = [ended(true)];
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  await opened.press('q');
  expect(opened.ends).toMatchObject([{ exitCode: 1, exitSummary: { kind: 'ended', id: '7f3a', off: [] } }]);
});

test('who leaves a rollout to itself finds it first in the list, and no review of what was before behind it', async () => {
  const opened = openConsole({
    prepare: (ports, clock) => {
      const link = scriptedLink(clock);
      ports.open = [
        journal(clock, 'older111', false, (old) =>
          old.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 }),
        ).open,
      ];
      ports.launch = () => {
        ports.open = [journal(clock, '7f3a', true).open, ...ports.open];
        return { ok: true, link };
      };
      link.say(planned(planOfThree(), reached));
      link.say(runnerStarted);
      link.caughtUp();
    },
  });
  await toReview(opened);
  await opened.press('G');
  await opened.sees('rollout 7f3a');
  await opened.press('d', 'l');
  await opened.sees('older111');
  expect(opened.screen()).toMatch(/▸ orders .*7f3a/);
  await opened.press('esc');
  expect(opened.screen()).not.toContain('No instance has been changed yet.');
  expect(opened.screen()).toContain('10.0.0.13:8080');
});

test('what a rollout that is given up left off is named at once', async () => {
  const opened = await listed();
  await opened.press('down', 'X', 'y');
  await opened.sees('Rollout bbbb2222 is given up. Still off because of it: 10.0.0.11:8080');
});
