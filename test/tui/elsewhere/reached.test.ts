import { expect, test } from 'vitest';
import { openConsole } from '../support/open-console.ts';
import { profileEntry } from '../support/fake-ports.ts';

test('the console is where it says it is, while the connection before is still being closed', async () => {
  const closing = Promise.withResolvers<void>();
  let closed = 0;
  const opened = openConsole({
    prepare: (ports) => {
      ports.entries = [
        profileEntry('prod-sh'),
        profileEntry('staging', { servers: ['http://10.88.0.1:8848'] }),
      ];
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (!answer.ok) return answer;
        const close = (): Promise<void> => {
          closed += 1;
          return closing.promise;
        };
        return { ...answer, value: { ...answer.value, registry: { ...answer.value.registry, close } } };
      };
    },
  });
  const at = (): readonly unknown[] => [
    opened.store.model().connection?.spec.profile,
    opened.session.connected?.spec.profile,
  ];
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('esc', 'down', 'enter');
  await opened.clock.advance(0);
  expect(closed).toBe(1);
  expect(at()).toEqual(['staging', 'staging']);
  await opened.press('esc');
  closing.resolve();
  await opened.clock.advance(0);
  expect(at()).toEqual(['staging', 'staging']);
});
