import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { runEffect } from '../../../src/tui/effects/run-effects.ts';
import { nowOf } from '../../../src/tui/effects/session.ts';
import { firstModel } from '../../../src/tui/model/model.ts';
import { lineText } from '../../../src/tui/draw/line.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { newSession } from '../../../src/tui/new-session.ts';
import { createStore } from '../../../src/tui/store.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { fakePorts } from '../support/fake-ports.ts';
import { instanceOf, orders } from '../support/fake-registry.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const megabyte = 2 ** 20;

/** What is left once nothing more can be let go of. */
function heapMegabytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed / megabyte;
}

test('a console that is left open for a day before a list that changes keeps no more than after an hour', async () => {
  const clock = virtualClock();
  const ports = fakePorts(clock);
  ports.instances.list = Array.from({ length: 10 }, (_, index) =>
    instanceOf({ ...orders, service: `svc-${index}` }, `10.0.0.${index}`, 8080),
  );
  const setting = { language: 'en', isUtf8: true, hasColor: false, isSandbox: false } as const;
  const session = newSession(ports, 'en', {
    dispatch: (message) => store.dispatch(message),
    exit: () => undefined,
    copy: () => undefined,
  });
  const store = createStore(
    firstModel(setting, { columns: 80, rows: 24 }, nowOf(session), { name: 'profiles', cursor: 0 }),
    (effect) => void runEffect(session, effect),
  );
  let changes = 0;
  store.subscribe(() => (changes += 1));
  const lines = new Set<string>();
  const hour = async (count: number): Promise<void> => {
    // Lists are read every five seconds at most: what happens in between is one tick.
    for (let second = 0; second < 3_600; second += 5) {
      // Somebody else puts one on or off every minute.
      if (second % 60 === 0)
        ports.instances.list = ports.instances.list.map((one, index) =>
          index === (count + second) % 10 ? { ...one, enabled: !one.enabled } : one,
        );
      await clock.advance(5_000);
      store.dispatch({ type: 'ticked', now: nowOf(session) });
      if (second % 60 === 0) for (const one of frame(store.model())) lines.add(lineText(one));
    }
  };
  store.dispatch({ type: 'began' });
  await clock.advance(0);
  store.dispatch({ type: 'key-pressed', press: { name: 'enter' }, now: nowOf(session) });
  await clock.advance(0);
  await hour(0);
  const afterAnHour = heapMegabytes();
  for (let count = 1; count < 24; count += 1) await hour(count);
  expect(heapMegabytes() - afterAnHour).toBeLessThan(3);
  // It was not idle: the list was read every five seconds, and each of its rows was seen both on and off.
  expect(changes).toBeGreaterThan(24 * 700);
  expect([...lines].filter((text) => /svc-\d/.test(text)).length).toBeGreaterThanOrEqual(20);
});
