import { expect, test } from 'vitest';
import {
  isRemembering,
  isThree,
  newService,
  registerInstance,
  type Subject,
  valueOf,
} from '../subjects/subject.ts';

/** Which registrations are known to be of one process. */
export function processes(subject: () => Subject): void {
  /** One address in two services, and another port of the same host in a third. */
  const registered = async () => {
    const first = await registerInstance(subject(), newService('same'), 1);
    const second = await registerInstance(subject(), newService('same'), 1);
    await registerInstance(subject(), newService('same'), 1, { port: 9090 });
    return { first, second };
  };

  test('names what the same client registered, where clients are known', async (): Promise<void> => {
    const { first, second } = await registered();
    const found = valueOf(await subject().open().sameProcess(first));
    if (!isRemembering(subject())) return expect(found).toBeUndefined();
    // A client by HTTP is named after its address, so other cases have theirs in it too.
    expect(found).toContainEqual(second);
    expect(found).not.toContainEqual(first);
    expect(found?.filter(({ ip, port }) => ip !== first.ip || port !== first.port)).toEqual([]);
  });

  test('knows no client of what is not registered', async () => {
    const instance = { ...newService('nobody'), cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };
    const answer = await subject().open().sameProcess(instance);
    expect(answer).toEqual({ ok: true, value: isRemembering(subject()) ? [] : undefined });
  });

  test('who may read only knows it on 3.x', async ({ skip }) => {
    const { reader, kind } = subject();
    if (reader === undefined) return skip('auth is off');
    const { first, second } = await registered();
    const asReader = subject().open({ ...reader, password: () => Promise.resolve(reader.password) });
    const found = valueOf(await asReader.sameProcess(first));
    if (isThree({ kind })) expect(found).toContainEqual(second);
    else expect(found).toBeUndefined();
  });
}
