import { expect, test } from 'vitest';
import type { TourStepName } from '../../../src/i18n/en/tui-tour.ts';
import { wrap } from '../../../src/core/text/cells.ts';
import { keyName, wordsIn } from '../../../src/tui/draw/words.ts';
import { commandFor } from '../../../src/tui/keys/keymap.ts';
import { tourStep } from '../../../src/tui/tour/tour-step.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import { type OpenOptions, type Opened, openConsole } from '../support/open-console.ts';
import { deployFailed, first, openRollout } from '../support/open-rollout.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

type Toured = Opened & { readonly link: () => ScriptedLink };

/** A sandbox whose rollouts do what the test says. */
function sandbox(options: OpenOptions = {}): Toured {
  let link: ScriptedLink | undefined;
  const opened = openConsole({
    isSandbox: true,
    ...options,
    prepare: (ports, clock) => {
      ports.launch = () => {
        link = scriptedLink(clock);
        link.say(planned(planOfThree(), reached));
        link.say(runnerStarted);
        link.caughtUp();
        return { ok: true, link };
      };
    },
  });
  return {
    ...opened,
    link: () => {
      if (link === undefined) throw new Error('nothing was started');
      return link;
    },
  };
}

/** Only what the line on the screen says is pressed; what the runner would say to it is said. */
async function follow(opened: Toured): Promise<readonly TourStepName[]> {
  const { language } = opened.store.model().setting;
  const seen: TourStepName[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    const model = opened.store.model();
    const step = tourStep(model);
    if (step === undefined) throw new Error('the tour is gone');
    if (seen.at(-1) !== step.name) seen.push(step.name);
    if (step.name === 'done') return seen;
    if (step.name === 'wait') {
      await opened.second();
      continue;
    }
    if (step.name === 'watch') {
      opened.link().say({ type: 'enabled', target: first, attempt: 1, ms: 600 });
      opened.link().say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 1 });
      continue;
    }
    expect(opened.screen()).toContain(keyName(wordsIn(language), step.key));
    expect(commandFor(model, front(model).name, step.key)?.off?.(model)).toBeUndefined();
    await opened.press(step.key);
    if (step.name === 'pause') opened.link().say({ type: 'paused', by: 'deployer', why: 'asked' });
    if (step.name === 'continue') opened.link().say({ type: 'continued', by: 'deployer' });
  }
  throw new Error(`it never ended: ${seen.join(' ')}`);
}

const whole: readonly TourStepName[] = [
  'connect',
  'open-service',
  'mark',
  'mark-another',
  'settings',
  'review',
  'start',
  'pause',
  'continue',
  'watch',
  'over',
  'done',
];

test.each(['en', 'zh-CN'] as const)(
  'whoever presses what the tour says comes to the end of a rollout (%s)',
  async (language) => {
    const opened = sandbox({ language });
    await opened.sees('prod-sh');
    await opened.press('T');
    const seen = await follow(opened);
    expect(seen.filter((name) => name !== 'wait')).toEqual(whole);
  },
);

test('other keys than what the tour says do not lose it, and T ends it', async () => {
  const opened = sandbox();
  await opened.sees('prod-sh');
  await opened.press('T', '?');
  await opened.sees('TOUR esc closes this');
  await opened.press('esc', 'z', 'L');
  await opened.sees('TOUR Press esc to go back');
  await opened.press('esc', 'enter');
  await opened.sees('TOUR Press enter to open the service');
  await opened.press('/');
  await opened.sees('TOUR Here you type');
  await opened.press('esc', 'enter');
  await opened.sees('TOUR Press space to choose an instance');
  await opened.press('space', 'up');
  await opened.sees('TOUR This one is chosen');
  await opened.press('T');
  expect(opened.screen()).not.toContain('TOUR');
  await opened.press('T');
  expect((await follow(opened)).at(-1)).toBe('done');
});

test('says that a step that failed waits for a decision', async () => {
  const stuck = await openRollout({ isSandbox: true });
  await stuck.press('T');
  await stuck.sees('TOUR It runs');
  deployFailed(stuck.link, first);
  await stuck.sees('TOUR A step failed');
});

test('is offered at the services of a sandbox, and nowhere else', async () => {
  const offered = sandbox();
  await offered.sees('prod-sh');
  await offered.press('enter');
  await offered.sees('T: a tour of the keys');
  const real = openConsole();
  await real.sees('prod-sh');
  await real.press('enter');
  await real.sees('orders');
  expect(real.screen()).not.toContain('tour');
  await real.press('T');
  await real.sees('T does nothing here');
  expect(real.store.model().tour).toBeUndefined();
});

test.each(['en', 'zh-CN'] as const)(
  'each sentence of the tour has room in two lines of 80 (%s)',
  (language) => {
    const { tour } = wordsIn(language);
    for (const said of Object.values(tour.steps))
      expect(wrap(`${tour.title} ${said('enter', 'space')} ${tour.leave('T')}`, 78).length).toBeLessThan(3);
  },
);
