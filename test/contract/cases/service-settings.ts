import { expect, test } from 'vitest';
import { fetchText } from '../../support/servers/fetch-text.ts';
import {
  eventually,
  listed,
  newService,
  registerInstance,
  type Subject,
  valueOf,
} from '../subjects/subject.ts';

/** What belongs to a service rather than to its instances. */
export function serviceSettings(subject: () => Subject): void {
  test('says the request that gives a service back its settings, and sends nothing', async ({ skip }) => {
    skip(subject().kind === 'r-nacos', 'it answers ok, and keeps no protect threshold');
    const methods: string[] = [];
    const registry = subject().open({}, { log: ({ method }) => methods.push(method) });
    const service = newService('edited');
    await registerInstance(subject(), service, 1);
    await listed(subject(), registry, service, 1);
    const detail = valueOf(await registry.service(service));
    if (detail === undefined) throw new Error('there is no such service');
    const { method, url, hasToken } = registry.serviceUpdateRequest({ ...detail, protectThreshold: 0.5 });
    expect(methods.filter((one) => one !== 'GET' && one !== 'POST')).toEqual([]);
    const token = hasToken ? await subject().token() : undefined;
    expect((await fetchText(url, { method, token })).status).toBe(200);
    const read = async () => valueOf(await registry.service(service))?.protectThreshold;
    expect(await eventually(subject(), read, (threshold) => threshold === 0.5)).toBe(0.5);
  });
}
