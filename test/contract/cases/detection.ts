import { expect, test } from 'vitest';
import { errorOf, eventually, type Subject, itemsOf, valueOf } from '../subjects/subject.ts';

const expected = {
  'r-nacos': { version: /^unknown$/, dialect: 'v1', remembersMs: 0, mayMarkAbsent: false },
  '1.4': { version: /^1\.4\./, dialect: 'v1', remembersMs: 0, mayMarkAbsent: false },
  '2.x': { version: /^2\./, dialect: 'v1', remembersMs: 60_000, mayMarkAbsent: true },
  '3.x': { version: /^3\.1/, dialect: 'v3', remembersMs: 60_000, mayMarkAbsent: true },
  '3.2': { version: /^3\.2/, dialect: 'v3', remembersMs: 60_000, mayMarkAbsent: true },
} as const;

export function detection(subject: () => Subject): void {
  test('finds out what it talks to', async () => {
    const { version, dialect, remembersMs, mayMarkAbsent } = expected[subject().kind];
    const info = valueOf(await subject().open().server());
    const product = subject().kind === 'r-nacos' ? 'r-nacos' : 'nacos';
    expect(info).toMatchObject({ product, dialect, traits: { remembersMs, mayMarkAbsent } });
    expect(info.version).toMatch(version);
    expect(info.traits.isHidingDisabled).toBe(product === 'r-nacos');
  });

  test('finds out once, however many ask at first', async () => {
    const paths: string[] = [];
    const registry = subject().open({}, { log: ({ url }) => paths.push(new URL(url).pathname) });
    await Promise.all([registry.server(), registry.namespaces(), registry.services('public', '')]);
    await registry.server();
    expect(paths.filter((path) => path === '/nacos/v3/admin/core/state')).toHaveLength(1);
    expect(paths.filter((path) => path.endsWith('/login')).length).toBeLessThan(2);
  });

  test('tells that the context path is wrong', async () => {
    expect(errorOf(await subject().open({ contextPath: '/other' }).server())).toBe('not-nacos');
  });

  test('asks the next address when one does not answer', async () => {
    const registry = subject().open({ servers: ['http://127.0.0.1:1', subject().url] });
    expect((await registry.server()).ok).toBe(true);
  });

  test('names every address where none answers', async () => {
    const servers = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
    const answer = await subject().open({ servers }).server();
    expect(answer).toMatchObject({ ok: false, error: { kind: 'unreachable', addresses: servers } });
  });

  test('does as the profile says about the dialect', async ({ skip }) => {
    skip(subject().kind !== '3.x', 'only 3.x has two dialects, one of them switched off');
    const answer = await subject().open({ dialect: 'v1' }).services('public', '');
    expect(answer).toMatchObject({ ok: false, error: { kind: 'api-gone', path: '/v1/ns/catalog/services' } });
  });

  test('lists the server nodes and their leader', async () => {
    const registry = subject().open();
    const info = valueOf(await registry.server());
    const read = async () => itemsOf(await registry.nodes());
    // A server that has just started names its leader a little later.
    const isAsKnown = (leader: string | undefined) => (leader !== undefined) === info.traits.isLeaderKnown;
    const nodes = await eventually(subject(), read, ([node]) => isAsKnown(node?.leader));
    expect(nodes).toHaveLength(1);
    expect(nodes[0]).toMatchObject({ state: 'UP', address: new URL(subject().url).host });
  });
}
