import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/runner/ports/diagnosis.ts';
import { until } from '../../support/time/until.ts';
import { openConsole } from '../support/open-console.ts';

const deadLock: Diagnosis = {
  level: 'bad',
  kind: 'lock',
  id: 'aaaa1111',
  by: 'deployer@bastion-1',
  since: '2026-11-21T20:00:00.000Z',
  service: 'orders',
  isDead: true,
};

/** It mends until `pass` lets it. */
async function whileMending(language: 'en' | 'zh-CN') {
  const opened = openConsole({ language, prepare: (ports) => (ports.ailments = [deadLock]) });
  const { promise: passed, resolve: pass } = Promise.withResolvers<void>();
  await opened.sees('prod-sh');
  await opened.press('H');
  await opened.sees('aaaa1111');
  const { examination } = opened.session;
  if (examination === undefined) throw new Error('nothing was examined');
  const mend = (gone: readonly string[]) => passed.then(() => examination.mend(gone));
  opened.session.examination = { ...examination, mend };
  await opened.press('m', 'y');
  expect(opened.store.model().isMending).toBe(true);
  return { opened, pass };
}

test.each([
  ['en', 'Closing once this is put on or mended; Ctrl-C closes at once.'],
  ['zh-CN', '上线或修复完成后关闭控制台；按 Ctrl-C 立即关闭。'],
] as const)('who quits while it mends lets it come to its end first, in %s', async (language, said) => {
  const { opened, pass } = await whileMending(language);
  await opened.press('q');
  await opened.sees(said);
  await opened.press('q', 'j');
  expect(opened.screen()).toContain(said);
  expect(opened.ends).toEqual([]);
  expect(opened.ports.asked).not.toContain('examination closed');
  pass();
  await until(() => opened.ends.length > 0, 1);
  expect(opened.ports.asked).toContainEqual({ mend: [] });
  expect(opened.ends).toEqual([{ exitCode: 0, exitSummary: { kind: 'nothing' } }]);
});

test('Ctrl-C lets it come to its end too, and closes at once the second time', async () => {
  const { opened } = await whileMending('en');
  await opened.press('ctrl-c');
  await opened.sees('Closing once this is put on or mended');
  expect(opened.ends).toEqual([]);
  await opened.press('ctrl-c');
  expect(opened.ends).toHaveLength(1);
});
