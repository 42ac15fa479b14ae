import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply/apply.ts';
import { type OpenOptions, type Opened, openConsole } from './support/open-console.ts';
import { deployFailed, disabledAndDraining, first } from './support/open-rollout.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from './support/scripted-link.ts';
import { planOfThree, reached } from './support/usual-plan.ts';

function openOffer(
  isRunning: boolean,
  isPaused: boolean,
  also: (link: ScriptedLink) => void = () => undefined,
): Opened & { link: ReturnType<typeof scriptedLink> } {
  const links: ReturnType<typeof scriptedLink>[] = [];
  const prepare: OpenOptions['prepare'] = (ports, clock) => {
    const link = scriptedLink(clock, 'abcd');
    links.push(link);
    link.say(planned(planOfThree(), reached));
    link.say(runnerStarted);
    if (isPaused) link.say({ type: 'paused', by: 'nobody', why: 'terminal-lost' });
    also(link);
    link.caughtUp();
    let rollout: ReturnType<typeof apply> | undefined;
    link.follow((line) => {
      if (line.kind === 'event') rollout = apply(rollout, line.event);
    });
    if (rollout !== undefined) ports.open = [{ id: 'abcd', directory: '/state/abcd', rollout, isRunning }];
    ports.launch = () => ({ ok: true, link });
  };
  const opened = openConsole({ prepare });
  const [link] = links;
  if (link === undefined) throw new Error('no link was made');
  return { ...opened, link };
}

test('offers a rollout that stands still first, and takes no key in its first second', async () => {
  const opened = openOffer(false, true);
  await opened.sees('1 rollout has not ended');
  await opened.press('c');
  await opened.sees('This has only just appeared');
  await opened.second();
  await opened.press('w');
  await opened.sees('Its runner is not there');
  await opened.press('c');
  await opened.sees('Carry on with this rollout?');
  await opened.press('y');
  await opened.sees('rollout abcd');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ resume: 'abcd', isAttended: true }));
  expect(opened.link.orders).toEqual([{ type: 'continue' }]);
});

test('who carries on does not go on without a node that is lost: nobody was asked that', async () => {
  const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;
  const opened = openOffer(true, false, (link) => {
    link.say({ type: 'node-lost', node: 'http://10.0.0.1:8848', error });
    link.say({ type: 'paused', by: 'nobody', why: 'registry-lost' });
  });
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('c');
  await opened.sees('Take it over? It runs already');
  await opened.press('y');
  await opened.sees('rollout abcd');
  expect(opened.link.orders).toEqual([]);
});

const lost = 'http://10.0.0.1:8848';

/** Carried on while a node is lost and somebody has asked it to hold, in either order. */
async function carriedOnWhileLost(isAskedFirst: boolean): Promise<ReturnType<typeof openOffer>> {
  const error = { kind: 'timeout', address: 'a', afterMs: 5000, wasSent: true } as const;
  const opened = openOffer(true, false, (link) => {
    if (isAskedFirst) link.say({ type: 'paused', by: 'ann', why: 'asked' });
    link.say({ type: 'node-lost', node: lost, error });
    if (isAskedFirst) return;
    link.say({ type: 'paused', by: 'nobody', why: 'registry-lost' });
    link.say({ type: 'paused', by: 'ann', why: 'asked' });
  });
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('c', 'y');
  await opened.sees('rollout abcd');
  expect(opened.link.orders).toEqual([]);
  return opened;
}

function nodeReturns({ link }: ReturnType<typeof openOffer>, isAskedFirst = false): void {
  link.say({ type: 'node-returned', node: lost });
  if (!isAskedFirst) link.say({ type: 'continued', by: 'nobody' });
}

test.each([false, true])(
  'who carries on goes on once the node is back, where one was asked to hold (first: %s)',
  async (isAskedFirst) => {
    const opened = await carriedOnWhileLost(isAskedFirst);
    nodeReturns(opened, isAskedFirst);
    await opened.clock.advance(0);
    expect(opened.link.orders).toEqual([{ type: 'continue' }]);
    opened.link.say({ type: 'continued', by: 'me' });
    opened.link.say({ type: 'paused', by: 'ann', why: 'asked' });
    await opened.clock.advance(0);
    expect(opened.link.orders).toEqual([{ type: 'continue' }]);
  },
);

test.each(['ctrl-c', 'p'] as const)('who has carried on and asks it to hold by %s holds it', async (key) => {
  const opened = await carriedOnWhileLost(false);
  await opened.press(key);
  nodeReturns(opened);
  await opened.clock.advance(0);
  expect(opened.link.orders).toEqual([]);
});

test('what was said of a key goes with the next one, whatever it is', async () => {
  const opened = openOffer(false, true);
  await opened.sees('1 rollout has not ended');
  await opened.press('c');
  await opened.sees('This has only just appeared');
  await opened.press('z');
  expect(opened.screen()).not.toContain('This has only just appeared');
});

test('says of one that waits for a decision what the command line says', async () => {
  const opened = openOffer(true, false, (link) => deployFailed(link, first));
  await opened.sees(/orders .* abcd {2}waits for a decision/);
});

test('only watches a running one', async () => {
  const opened = openOffer(true, false);
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('w');
  await opened.sees('ONLY WATCHING');
  expect(opened.ports.asked).toEqual([{ attach: 'abcd', mayDecide: false }]);
});

test('puts back what is well, then ends', async () => {
  const opened = openOffer(true, false);
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('u', 'y');
  await opened.sees('rollout abcd');
  expect(opened.link.orders).toEqual([{ type: 'abort', how: 'put-back' }]);
});

test('names what is off once more when a rollout is given up, and leaves with 3', async () => {
  const opened = openOffer(false, true, (link) => disabledAndDraining(link, first));
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('X', 'y');
  await opened.sees('is given up');
  await opened.press('q');
  const off = ['10.0.0.11:8080 orders', '10.0.0.11:20880 DUBBO_GROUP@@providers:com.acme.Orders:1.0.0:'];
  expect(opened.ends).toMatchObject([{ exitCode: 3, exitSummary: { id: 'abcd', off, isOpen: false } }]);
});

test('leaves it and goes on to the profiles', async () => {
  const opened = openOffer(false, false);
  await opened.sees('1 rollout has not ended');
  await opened.press('l');
  await opened.sees('Profiles 2');
});

test('says where Nacos and the journal do not agree', async () => {
  const opened = openOffer(false, false);
  const [one, ...others] = opened.ports.instances.list;
  if (one === undefined) throw new Error('there are no instances');
  opened.ports.instances.list = [{ ...one, enabled: false }, ...others];
  await opened.sees('the journal says on, Nacos shows it off');
});

test('putting back a rollout that stands still is what its runner begins with', async () => {
  const opened = openOffer(false, false);
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('u', 'y');
  await opened.sees('rollout abcd');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ resume: 'abcd', isPuttingBack: true }));
});

test('what nobody could read is said on the start screen: something may be off by it', async () => {
  const problem = { kind: 'unreadable-state', path: '/root/rollouts', detail: 'EACCES' } as const;
  const opened = openConsole({
    prepare: (ports) => {
      ports.unreadable = [problem];
    },
  });
  await opened.sees('/root/rollouts cannot be read (EACCES)');
  await opened.sees('prod-sh');
  const homeless = openConsole({
    language: 'zh-CN',
    prepare: (ports) => {
      ports.unreadable = [{ kind: 'no-home' }];
    },
  });
  await homeless.sees('没有主目录');
});

test('after its end, what was carried on from the offer is found in the list of rollouts', async () => {
  const opened = openOffer(false, true);
  await opened.sees('1 rollout has not ended');
  await opened.second();
  await opened.press('c', 'y');
  await opened.sees('rollout abcd');
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 5 });
  opened.link.die();
  await opened.second();
  await opened.press('esc');
  await opened.sees('Rollouts of this machine');
});
