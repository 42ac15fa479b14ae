import { expect, test } from 'vitest';
import { followConsumers } from '../../../src/runner/context/consumers-told.ts';
import type { Registry } from '../../../src/world/registry.ts';
import type { Hearing, SubscribeOptions, Subscription, Told } from '../../../src/world/subscription.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

const { plan, nodes } = plainScenario(2);
const [first, second] = plan.targets.map((target) => target.registrations[0]);
const node = 'http://node-0';
const address = (number: number) => ({ ip: `10.0.0.${number}`, port: 8080 });

function opened() {
  const state: { options?: SubscribeOptions; hearing: Hearing; followed: unknown } = {
    hearing: { kind: 'asking' },
    followed: undefined,
  };
  const subscription: Subscription = {
    follow: (services) => void (state.followed = services),
    hearing: () => state.hearing,
    close: () => undefined,
  };
  const registry: Pick<Registry, 'subscribe'> = {
    subscribe: (options) => {
      state.options = options;
      return subscription;
    },
  };
  const told = followConsumers(registry as Registry, nodes, () => plan);
  if (told === undefined || first === undefined || second === undefined) throw new Error('nothing to follow');
  const tell = (atMs: number, consumers: Told['consumers']): void =>
    state.options?.told({
      node,
      atMs,
      consumers,
      service: { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' },
    });
  const hear = (hearing: Hearing): void => {
    state.hearing = hearing;
    state.options?.heard?.(node);
  };
  return { told, tell, hear, state, first, second };
}

const listening: Hearing = { kind: 'listening' };
const listOf = (...numbers: readonly number[]) => ({ items: numbers.map(address), unreadable: [] });

test('since when consumers know, whatever is told afterwards', () => {
  const { told, tell, hear, state, first, second } = opened();
  expect(state.followed).toEqual([{ namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' }]);
  expect(told.of(node, first)).toBeUndefined();
  tell(100, listOf(1, 2));
  hear(listening);
  expect(told.of(node, first)).toEqual({ shown: 'given', sinceMs: 100 });
  tell(700, listOf(2));
  tell(900, listOf(2, 3));
  expect(told.of(node, first)).toEqual({ shown: 'gone', sinceMs: 700 });
  expect(told.of(node, second)).toEqual({ shown: 'given', sinceMs: 100 });
  hear({ kind: 'unavailable', error: { kind: 'unreachable', addresses: [], detail: '' } });
  expect(told.of(node, first)).toBeUndefined();
  expect(told.of('http://node-1', first)).toBeUndefined();
});

test('what may be a record that cannot be read is not taken for gone', () => {
  const { told, tell, hear, first } = opened();
  tell(100, { items: [], unreadable: [{ ...address(1), field: 'weight' }] });
  hear(listening);
  expect(told.of(node, first)?.shown).toBe('unread');
});

test('an address that a target has only now is looked for in what was told before', () => {
  const { told, tell, hear, first } = opened();
  tell(100, listOf(7));
  hear(listening);
  expect(told.of(node, { ...first, ip: '10.0.0.7' })).toEqual({ shown: 'given', sinceMs: 100 });
});

test('news is what is told, and whether anything is heard', () => {
  const { told, tell, hear } = opened();
  const [before] = [told.news()];
  tell(100, listOf(1));
  expect(before.aborted).toBe(true);
  const after = told.news();
  expect(after.aborted).toBe(false);
  hear(listening);
  expect(after.aborted).toBe(true);
});

test('where nothing can be subscribed to, nothing is followed', () => {
  expect(followConsumers({} as Registry, nodes, () => plan)).toBeUndefined();
});
