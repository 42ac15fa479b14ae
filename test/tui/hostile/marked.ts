import { instanceOf, orders, dubbo } from '../support/fake-registry.ts';
import { profileEntry } from '../support/fake-ports.ts';
import { type Opened, openConsole } from '../support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { observed, planOfThree } from '../support/usual-plan.ts';
import type { LiveCalls } from '../../../src/runner/ports/protocol.ts';
import type { Model } from '../../../src/tui/model/model.ts';
import type { Place } from '../../../src/tui/model/place.ts';

/** Stands in every field that comes from outside, until something hostile takes its place. */
export const mark = 'QZX';

/** The same with `text` for each mark, in names of fields too. */
export function withText<T>(value: T, text: string): T {
  return substituted(value, text) as T;
}

function substituted(value: unknown, text: string): unknown {
  if (typeof value === 'string') return value.replaceAll(mark, () => text);
  if (value instanceof Set) return new Set([...value].map((one) => substituted(one, text)));
  if (value instanceof Map)
    return new Map([...value].map(([key, one]) => [substituted(key, text), substituted(one, text)]));
  if (Array.isArray(value)) return value.map((one) => substituted(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.replaceAll(mark, () => text), substituted(one, text)]),
  );
}

const named = { namespace: `ns-${mark}`, group: `g-${mark}`, service: `orders-${mark}` };
const metadata = { version: mark, zone: `z${mark}`, [`key-${mark}`]: mark, [mark]: 'x' };
const reachedBy = { username: `user-${mark}`, namespace: named.namespace } as const;

/** A console whose Nacos, profiles and texts all hold the mark; and what it shows on its way to a review. */
export async function markedConsole(): Promise<{ opened: Opened; seeds: readonly Model[] }> {
  const opened = openConsole({
    prepare: (ports) => {
      ports.entries = [profileEntry(`p-${mark}`, { ...reachedBy, passwordFrom: 'env:X' })];
      ports.instances.list = ['10.0.0.11', `h-${mark}`, '10.0.0.13'].flatMap((ip, index) => [
        instanceOf({ ...orders, ...named }, ip, 8080, { cluster: `c-${mark}`, metadata }),
        instanceOf({ ...dubbo, ...named, service: `dubbo-${mark}` }, ip, 20_880, {
          metadata,
          enabled: index !== 1,
        }),
      ]);
      ports.tail = `${mark} of a command\n${mark}\n`;
    },
  });
  const seeds: Model[] = [];
  const keep = (): unknown => seeds.push(opened.store.model());
  await opened.sees(mark);
  keep();
  await opened.press('enter');
  await opened.sees(`orders-${mark}`);
  keep();
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space');
  keep();
  await opened.press('enter');
  keep();
  await opened.press('v');
  await opened.clock.advance(0);
  keep();
  const { store } = opened;
  const now = { monotonicMs: 0, wallMs: 0 };
  const before = store.model();
  store.dispatch({ type: 'connection-given', spec: profileEntry(`p-${mark}`, reachedBy).spec, now });
  keep();
  const problem = { kind: 'sentence', sentence: `${mark} said ${mark}` } as const;
  store.dispatch({ type: 'connect-failed', problem, now });
  keep();
  return { opened, seeds: [...seeds, ...troubled(before)] };
}

/** What a server says where it does not do what it was asked for. */
function troubled(model: Model): readonly Model[] {
  const error = {
    kind: 'unreachable',
    addresses: [`http://${mark}:8848`],
    detail: `${mark} refused`,
  } as const;
  const problem = { kind: 'registry', error } as const;
  return [
    { ...model, notice: { kind: 'problem', problem } },
    { ...model, notice: { kind: 'unknown-key', key: mark, hasHelp: true } },
    { ...model, notice: { kind: 'saved', path: `/tmp/${mark}` } },
    { ...model, notice: { kind: 'no-such-service', text: mark, like: [mark, `x${mark}`] } },
    { ...model, silence: { address: `http://${mark}`, sinceMs: 0, limitMs: 5000, next: `http://${mark}2` } },
    { ...model, services: { ...model.services, problem } },
  ];
}

const markedCalls: LiveCalls = {
  target: first,
  callers: [mark, `10.0.0.5 ${mark}`].map((caller) => ({
    source: `actuator ${mark}`,
    registration: 0,
    caller,
    perSecond: 2.5,
    callsSince: 4,
    lastMs: 3000,
    silentMs: 4000,
    neededMs: 9000,
  })),
  doubts: [],
  perSecond: { fromMs: -4000, counts: [8, 8, 4, 8] },
};

/** What no key leads to, or only in a second in which keys count. */
function inFront(model: Model): readonly Model[] {
  const { spec } = profileEntry(`p-${mark}`, reachedBy);
  const effect = { kind: 'connect', spec, password: undefined, isGiven: false, isTest: false } as const;
  const problem = { kind: 'sentence', sentence: `${mark} said ${mark}` } as const;
  const places: readonly Place[] = [
    { name: 'callers', target: first, cursor: 0 },
    { name: 'registrations', target: first, cursor: 0 },
    { name: 'connecting', effect, sinceMs: 0 },
    { name: 'connecting', effect, sinceMs: 0, problem },
  ];
  return places.map((place) => ({ ...model, places: [...model.places, place] }));
}

function offered(model: Model): Model {
  const { following } = model;
  if (following?.rollout === undefined) throw new Error('no rollout is followed');
  const open = { id: 'abcd', directory: `/state/${mark}`, rollout: following.rollout, isRunning: true };
  const place = { name: 'offer', cursor: 0, shownAtMs: 0 } as const;
  return { ...model, following: undefined, openRollouts: [open], places: [place] };
}

/** A rollout that drains, and one whose deploy failed and says why, of targets that hold the mark. */
export async function markedRollouts(): Promise<readonly { opened: Opened; seeds: readonly Model[] }[]> {
  const text = JSON.stringify(planOfThree())
    .replaceAll('"orders"', `"orders-${mark}"`)
    .replaceAll('DEFAULT_GROUP', `g-${mark}`)
    .replaceAll('./redeploy.sh', `./redeploy.sh ${mark}`)
    .replaceAll('10.0.0.12', `h-${mark}`)
    .replaceAll('"zone":"a"', `"zone":"${mark}","k${mark}":"${mark}"`);
  const plan = JSON.parse(text) as ReturnType<typeof planOfThree>;
  const all = [];
  for (const play of [disabledAndDraining, deployFailed]) {
    const opened = await openRollout({ plan });
    play(opened.link, first);
    opened.link.observe(observed([`http://${mark}:8848`], () => ({ metadata })));
    opened.link.send({ kind: 'calls', calls: [markedCalls] });
    await opened.clock.advance(0);
    const path = '/state/7f3a/deploy-1/output.log';
    opened.store.dispatch({ type: 'tail-read', path, text: `${mark}\nx ${mark} y\n`.repeat(9) });
    const seeds = [opened.store.model()];
    opened.link.say({ type: 'paused', by: `by-${mark}`, why: 'asked' });
    await opened.clock.advance(0);
    const last = opened.store.model();
    all.push({ opened, seeds: [...seeds, last, offered(last), ...inFront(last)] });
  }
  return all;
}
