import { describe, expect, test } from 'vitest';
import { itemsOf } from '../../contract/subjects/subject.ts';
import { orders, registryFor, scripted } from '../nacos-script.ts';
import { dialects, fairPaging, type Lists, type Paging, serving, named, turned } from './served-lists.ts';

const host = { ip: '10.0.0.1', port: 8080, weight: 1, healthy: true, enabled: true, ephemeral: true };

const nothing: Lists = { services: [], hosts: [], members: [], namespaces: [] };

const otherOrder: Paging = (all, pageNo, pageSize) =>
  fairPaging(pageNo === 2 ? turned(all, 40) : all, pageNo, pageSize);

const cappedAt =
  (max: number, paging: Paging): Paging =>
  (all, pageNo, pageSize) =>
    paging(all, pageNo, Math.min(pageSize, max));

describe.each(dialects)('the services of %s', (dialect) => {
  const services = Array.from({ length: 150 }, (_, index) => ({
    serviceName: `service-${index}`,
    groupName: 'DEFAULT_GROUP',
    clusterMap: { DEFAULT: { hosts: [host] } },
  }));
  const servicesOver = async (paging: Paging) => {
    const server = await scripted(serving(dialect, { ...nothing, services }, paging));
    return await registryFor(server.url).services('public', '');
  };

  test('are all there when a page comes from a node with another order', async () => {
    expect(itemsOf(await servicesOver(otherOrder))).toHaveLength(150);
    expect(itemsOf(await servicesOver(cappedAt(30, fairPaging)))).toHaveLength(150);
  });

  test('are an error where the pages never make up the list', async () => {
    expect(await servicesOver(cappedAt(100, otherOrder))).toMatchObject({
      error: { kind: 'incomplete', path: expect.stringContaining('service'), found: 110, total: 150 },
    });
  });

  test.each([[undefined], [null], [-1], ['150'], [1.5]])('are an error with a count of %j', async (total) => {
    const paging: Paging = (...given) => ({ ...fairPaging(...given), total });
    expect(await servicesOver(paging)).toMatchObject({
      error: { kind: 'unreadable', detail: expect.stringMatching(/count/i) },
    });
  });
});

describe('the instances of a cluster on v1', () => {
  const hosts = Array.from({ length: 600 }, (_, index) => ({ ...host, ...named(index) }));
  const instancesOver = async (paging: Paging) => {
    const server = await scripted(serving('v1', { ...nothing, hosts }, paging));
    return await registryFor(server.url).instances(orders);
  };

  test('are all there when a page comes from a node with another order', async () => {
    expect(itemsOf(await instancesOver(otherOrder))).toHaveLength(600);
    expect(itemsOf(await instancesOver(cappedAt(70, fairPaging)))).toHaveLength(600);
  });

  test('are an error where the pages never make up the list', async () => {
    expect(await instancesOver(cappedAt(500, otherOrder))).toMatchObject({
      error: { kind: 'incomplete', found: 560, total: 600 },
    });
  });
});
