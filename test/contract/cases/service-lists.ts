import { allRead } from '../../../src/core/registry/listed.ts';
import { expect, test } from 'vitest';
import {
  errorOf,
  eventually,
  listed,
  newService,
  registerInstance,
  shownAs,
  type Subject,
  itemsOf,
  valueOf,
} from '../subjects/subject.ts';

export function serviceLists(subject: () => Subject): void {
  test('names the default namespace public', async () => {
    const namespaces = itemsOf(await subject().open().namespaces());
    expect(namespaces).toContainEqual({ id: 'public', name: 'public' });
  });

  test('tells a namespace that does not exist, where a list can tell', async () => {
    const answer = await subject().open().services('no-such-namespace', '');
    if (subject().hasNamespaces) expect(errorOf(answer)).toBe('namespace-missing');
    else expect(answer).toEqual({ ok: true, value: { ...allRead([]), isNamespaceUnproven: true } });
  });

  test('counts the instances that are on and off', async () => {
    const registry = subject().open();
    const service = newService('counted');
    const first = await registerInstance(subject(), service, 1);
    await registerInstance(subject(), service, 2, { cluster: 'B' });
    await registerInstance(subject(), service, 3);
    await listed(subject(), registry, service, 3);
    await registry.write({ instance: first, enabled: false, weight: 5, mode: 'registered' });
    await shownAs(subject(), registry, first, false);
    const services = itemsOf(await registry.services('public', service.service));
    expect(services).toEqual([{ ...service, on: 2, off: 1, ill: 0 }]);
  });

  test('counts the ill', async ({ skip }) => {
    const { turn } = subject();
    if (turn === undefined) return skip('its applications keep their heartbeats up');
    const registry = subject().open();
    const service = newService('ill');
    await registerInstance(subject(), service, 1);
    await turn(21_000);
    expect(itemsOf(await registry.services('public', service.service))).toEqual([
      { ...service, on: 0, off: 0, ill: 1 },
    ]);
  });

  test('finds a part of a name in any case, in every group, and takes no pattern for an expression', async () => {
    const registry = subject().open();
    const dotted = newService('Find.Me');
    const grouped = { ...dotted, group: 'GREY' };
    const other = newService('FindxMe');
    for (const service of [dotted, grouped, other]) await registerInstance(subject(), service, 1);
    const read = async () => itemsOf(await registry.services('public', 'find.me'));
    const found = await eventually(subject(), read, (services) => services.length >= 2);
    expect(found.map(({ group, service }) => ({ group, service }))).toEqual([
      { group: 'DEFAULT_GROUP', service: dotted.service },
      { group: 'GREY', service: dotted.service },
    ]);
  });

  test('names the services that have something at an ip, on or off, in any cluster', async () => {
    const registry = subject().open();
    const [here, off, apart] = [newService('at-here'), newService('at-off'), newService('at-apart')];
    await registerInstance(subject(), here, 201, { cluster: 'B' });
    const second = await registerInstance(subject(), off, 201, { port: 9090 });
    await registerInstance(subject(), apart, 202);
    await listed(subject(), registry, off, 1);
    await registry.write({ instance: second, enabled: false, weight: 5, mode: 'registered' });
    await shownAs(subject(), registry, second, false);
    const read = async () => itemsOf(await registry.services('public', 'at-', { at: ['10.0.0.201'] }));
    const ours = [here, off, apart].map(({ service }) => service);
    const found = await eventually(subject(), read, (all) => all.length >= 2);
    expect(found.map(({ service }) => service).filter((name) => ours.includes(name))).toEqual(
      [here.service, off.service].toSorted((a, b) => a.localeCompare(b, 'en')),
    );
  });

  test('lists more services than go on a page, each once, in order', async () => {
    const registry = subject().open({}, { pageSize: 2 });
    const services = Array.from({ length: 5 }, () => newService('paged'));
    for (const service of services) await registerInstance(subject(), service, 1);
    const read = async () => itemsOf(await registry.services('public', 'paged-'));
    const found = await eventually(
      subject(),
      read,
      (all) => all.length === 5 && all.every(({ on }) => on === 1),
    );
    expect(found.map(({ service }) => service)).toEqual(services.map(({ service }) => service));
  });

  test('tells the clusters of a service, and that a service does not exist', async () => {
    const registry = subject().open();
    const service = newService('clustered');
    await registerInstance(subject(), service, 1, { cluster: 'A' });
    await registerInstance(subject(), service, 2, { cluster: 'B' });
    const read = async () => valueOf(await registry.service(service));
    // r-nacos knows the clusters of instances only.
    const clusters = subject().kind === 'r-nacos' ? ['DEFAULT'] : ['A', 'B'];
    const detail = await eventually(subject(), read, (one) => one?.clusters.length === clusters.length);
    expect(detail).toMatchObject({ ...service, protectThreshold: 0 });
    expect([...(detail?.clusters ?? [])].sort()).toEqual(clusters);
    expect(await registry.service(newService('missing'))).toEqual({ ok: true, value: undefined });
  });
}
