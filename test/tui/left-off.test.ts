import { expect, test } from 'vitest';
import { replay } from '../../src/core/apply/apply.ts';
import type { Event, Fact } from '../../src/core/event/event.ts';
import type { OpenRollout } from '../../src/runner/ports/face-ports.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { fakeRegistry } from './support/fake-registry.ts';
import { type Opened, openConsole } from './support/open-console.ts';
import { deployFailed, first, openRollout } from './support/open-rollout.ts';
import { planned, scriptedLink } from './support/scripted-link.ts';
import { observed, planOfThree, reached } from './support/usual-plan.ts';

/** An aborted rollout that left its first target off. */
function leftOff(isRunning = false, more: readonly Fact[] = []): OpenRollout {
  const link = scriptedLink(virtualClock());
  link.say(planned(planOfThree(), reached));
  deployFailed(link, first);
  for (const fact of more) link.say(fact);
  if (!isRunning) {
    link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
    link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  }
  const events: Event[] = [];
  link.follow((line) => line.kind === 'event' && events.push(line.event));
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  return { id: '7f3a', directory: '/state/7f3a', rollout, isRunning };
}

type Switched = Opened & { readonly written: string[] };

/** On the instances of `orders`, the first of which is off. */
async function atInstances(open: OpenRollout): Promise<Switched> {
  const written: string[] = [];
  const opened = openConsole({
    prepare: (ports) => {
      ports.open = [open];
      ports.instances.list = ports.instances.list.map((each) =>
        each.ip === '10.0.0.11' ? { ...each, enabled: false } : each,
      );
      ports.connect = (spec) => {
        const registry = fakeRegistry(ports.instances);
        const value = {
          spec,
          reached,
          registry: {
            ...registry,
            write: (write: Parameters<typeof registry.write>[0]) => {
              written.push(`${write.instance.ip}:${write.instance.port} ${write.enabled}`);
              ports.instances.list = ports.instances.list.map((each) =>
                each.ip === write.instance.ip && each.port === write.instance.port
                  ? { ...each, enabled: write.enabled, weight: write.weight }
                  : each,
              );
              return Promise.resolve({ kind: 'accepted' } as const);
            },
          },
        };
        return Promise.resolve({ ok: true, value });
      };
    },
  });
  if (open.isRunning) {
    await opened.sees('waits for a decision');
    await opened.press('l');
  }
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees(/orders .*1 off by us/);
  await opened.press('enter');
  await opened.sees('○ off, by us');
  return { ...opened, written };
}

test('puts on what a rollout left off, companions first, after another key', async () => {
  const opened = await atInstances(leftOff());
  await opened.press('O');
  await opened.sees('10.0.0.11:8080, 10.0.0.11:20880');
  expect(opened.written).toEqual([]);
  await opened.press('y');
  await opened.sees('It is on, read back on every server node');
  expect(opened.written).toEqual(['10.0.0.11:20880 true', '10.0.0.11:8080 true']);
  expect(opened.ports.asked).toContainEqual({ settled: ['10.0.0.11:8080', '10.0.0.11:20880'] });
  await opened.second();
  expect(opened.screen()).not.toContain('by us');
});

test('puts on with the whole of its weight what a rollout left off with a part of it', async () => {
  const request = { method: 'PATCH', url: 'http://10.0.0.1:8848/x', hasToken: false };
  const enable = { target: first, registration: 0, enabled: true, purpose: 'enable', request } as const;
  const opened = await atInstances(
    leftOff(false, [{ type: 'write-began', ...enable, weight: 0.5, fullWeight: 5 }]),
  );
  const weights = (): readonly number[] =>
    opened.ports.instances.list.filter(({ ip }) => ip === '10.0.0.11').map(({ weight }) => weight);
  opened.ports.instances.list = opened.ports.instances.list.map((each) =>
    each.ip === '10.0.0.11' && each.port === 8080 ? { ...each, weight: 0.5 } : each,
  );
  await opened.press('O');
  await opened.sees('10.0.0.11:8080, 10.0.0.11:20880');
  await opened.press('y');
  await opened.sees('It is on, read back on every server node');
  expect(weights()).toEqual([5, 5]);
});

test('puts nothing on that a running rollout keeps off, or that nobody of us took off', async () => {
  const opened = await atInstances(leftOff(true));
  await opened.press('O');
  await opened.sees('A rollout that runs keeps it off');
  await opened.press('down', 'O');
  await opened.sees('It is not off because of a rollout of this machine');
  expect(opened.written).toEqual([]);
});

test('looks at Nacos by itself once the runner is gone', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('Services');
  const link = scriptedLink(opened.clock);
  link.say(planned(planOfThree(), reached));
  link.observe(observed(['a'], () => ({ enabled: false })));
  link.caughtUp();
  opened.join(link, true);
  await opened.sees(/10\.0\.0\.12:8080 .*○ off/);
  link.die();
  await opened.sees('runner of this rollout is gone');
  await opened.second();
  await opened.second();
  await opened.sees(/10\.0\.0\.12:8080 .*● on/);
});

test('stands still when frozen, and any key lets it go on', async () => {
  const opened = await openRollout();
  await opened.press('F');
  const frozen = opened.screen();
  expect(frozen).toContain('FROZEN');
  deployFailed(opened.link, first);
  expect(opened.screen()).toBe(frozen);
  await opened.press('q');
  await opened.sees('deploy failed');
  expect(opened.ends).toEqual([]);
});
