import { expect, test } from 'vitest';
import { stamp } from '../../../src/core/text/stamp.ts';
import type { ObservedService } from '../../../src/runner/ports/protocol.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { runnerStarted } from '../support/scripted-link.ts';
import { observed } from '../support/usual-plan.ts';

const nodes = ['a', 'b'];
const lists = observed(nodes, ({ ip }) => ({ enabled: ip !== '10.0.0.11' }));

/** As the runner tells it while these nodes fail. */
function failing(
  which: readonly string[],
  problem: string,
  answeredAt: string | undefined,
): readonly ObservedService[] {
  return lists.map((service) => ({
    ...service,
    nodes: service.nodes.map((node) => {
      if (!which.includes(node.node)) return node;
      return answeredAt === undefined
        ? { ...node, instances: [], problem }
        : { ...node, problem, answeredAt };
    }),
  }));
}

async function draining(options: Parameters<typeof openRollout>[0] = {}) {
  const opened = await openRollout({ size: { columns: 120, rows: 30 }, ...options });
  opened.link.observe(lists);
  disabledAndDraining(opened.link, first);
  const answeredMs = opened.clock.wallClock();
  return { ...opened, answeredAt: stamp(answeredMs), at: `${stamp(answeredMs).slice(11, 19)}Z` };
}

test('an outage is named after a few seconds while the runner is alive, and its end', async () => {
  const opened = await draining();
  const { link, answeredAt, at } = opened;
  await opened.second();
  link.observe(failing(nodes, 'unreachable', answeredAt));
  // One reading that fails is no outage.
  expect(opened.screen()).toContain('Nacos says now');
  expect(opened.screen()).not.toContain('Nacos has not answered');
  for (let passed = 0; passed < 3; passed += 1) await opened.second();
  link.observe(failing(nodes, 'unreachable', answeredAt));
  expect(opened.screen()).toContain('Nacos said then');
  expect(opened.screen()).toContain(`Nacos has not answered since ${at}; what it says is as of then.`);
  link.observe(lists);
  expect(opened.screen()).toContain('Nacos says now');
  expect(opened.screen()).not.toContain('Nacos has not answered');
});

test('one node that answers is no outage', async () => {
  const opened = await draining();
  const { link, answeredAt } = opened;
  for (let passed = 0; passed < 9; passed += 1) await opened.second();
  link.observe(failing(['a'], 'timeout', answeredAt));
  expect(opened.screen()).toContain('Nacos says now');
  expect(opened.screen()).not.toContain('Nacos has not answered');
});

test('what is refused is told as such', async () => {
  const opened = await draining();
  const { link, answeredAt, at } = opened;
  for (let passed = 0; passed < 9; passed += 1) await opened.second();
  link.observe(failing(nodes, 'forbidden', answeredAt));
  expect(opened.screen()).toContain(`Nacos could not be read since ${at}`);
});

test('who was never answered is told so, and nothing is taken for absent', async () => {
  const opened = await openRollout({ size: { columns: 120, rows: 30 } });
  const { link } = opened;
  link.observe(failing(nodes, 'unreachable', undefined));
  expect(opened.screen()).toContain('Nacos does not answer; what it says is not known yet.');
  expect(opened.screen()).toContain('not read yet');
  expect(opened.screen()).not.toContain('absent');
});

test.each([
  ['en', 'Reading Nacos: waiting for its first answer.', 'Nacos does not answer'],
  ['zh-CN', '正在读取 Nacos：等待其首次响应。', 'Nacos 无响应；尚不知'],
] as const)(
  'what is carried on says that it waits for the first answer, in %s',
  async (language, said, after) => {
    const opened = await openRollout({ language });
    const { link } = opened;
    disabledAndDraining(link, first);
    expect(opened.screen()).not.toContain(said);
    link.say({ ...runnerStarted, pid: 4712, lease: 'awaited' });
    await opened.second();
    expect(opened.screen()).toContain(said);
    link.observe(failing(nodes, 'unreachable', undefined));
    expect(opened.screen()).not.toContain(said);
    expect(opened.screen()).toContain(after);
  },
);
