import { expect, onTestFinished, test } from 'vitest';
import { alertOn } from '../../../src/tui/alert.ts';
import type { AlertKind } from '../../../src/tui/model/model.ts';
import { wordsIn } from '../../../src/tui/draw/words.ts';
import { atServices } from '../support/at-services.ts';
import { type Opened } from '../support/open-console.ts';
import { type OpenedRollout, deployFailed, first, openRollout } from '../support/open-rollout.ts';

async function seconds(opened: Opened, count: number): Promise<void> {
  for (let past = 0; past < count; past += 1) await opened.second();
}

function oneIll(opened: Opened): void {
  const [one, two, ...others] = opened.ports.instances.list;
  if (one === undefined || two === undefined) throw new Error('there are no instances');
  opened.ports.instances.list = [{ ...one, healthy: false }, { ...two, enabled: false }, ...others];
}

test('a service of which something went ill or off since a key was last pressed says so, until the next one', async () => {
  const opened = await atServices();
  await opened.press('down');
  oneIll(opened);
  await seconds(opened, 20);
  expect(opened.screen()).not.toContain('new:');
  await seconds(opened, 20);
  await opened.sees(/orders .* new: 1 off, 1 ill/);
  await opened.press('up');
  expect(opened.screen()).not.toContain('new:');
});

test('an instance that did is told apart from those that were off before', async () => {
  const opened = await atServices();
  await opened.press('enter');
  await opened.sees('10.0.0.11:8080');
  await opened.press('down');
  oneIll(opened);
  await seconds(opened, 40);
  await opened.sees(/10\.0\.0\.11:8080 .*ill, new/);
  await opened.sees(/10\.0\.0\.12:8080 .*off, new/);
});

async function alerted(
  kind: AlertKind,
  mayDecide: boolean,
): Promise<OpenedRollout & { readonly sent: readonly string[] }> {
  const opened = await openRollout({ mayDecide });
  const sent: string[] = [];
  const stop = alertOn(opened.store, kind, {
    say: wordsIn('en').notices.decisionWanted,
    write: (bytes) => void sent.push(bytes),
  });
  onTestFinished(stop);
  await opened.second();
  return { ...opened, sent };
}

test.each([
  ['bell', '\x07'],
  ['osc9', `\x1b]9;A decision is wanted: ${first}\x07`],
  ['osc777', `\x1b]777;notify;nacos-rollout;A decision is wanted: ${first}\x07`],
] as const)('calls once for a decision that is wanted, by %s', async (kind, bytes) => {
  const opened = await alerted(kind, true);
  deployFailed(opened.link, first);
  await opened.second();
  await opened.second();
  expect(opened.sent).toEqual([bytes]);
});

test('who only watches is not called', async () => {
  const opened = await alerted('bell', false);
  deployFailed(opened.link, first);
  await opened.second();
  expect(opened.sent).toEqual([]);
});
