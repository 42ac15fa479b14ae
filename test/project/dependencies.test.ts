import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import about from '../../package.json' with { type: 'json' };
import { bundle } from '../../build/bundle.ts';
import { sbomOf } from '../../build/sbom.ts';
import { type BundledPackage, bundledPackages, thirdPartyText } from '../../build/third-party.ts';

/** May be handed on within a work under Apache-2.0, as SPDX has them. */
const compatible = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

let packages: readonly BundledPackage[] = [];
beforeAll(async () => {
  packages = bundledPackages((await bundle()).metafile);
});

/** The packages that the page speaks of: first column what we chose, second what comes with it. */
function onPage(): { chosen: readonly string[]; brought: readonly string[] } {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'CONTRIBUTING.md'), 'utf8');
  const [, section = ''] = /^## Dependencies\n([^]*?)^## /m.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| (`[^|]+`) \|[^|]*\|([^|]*)\|/gm)];
  const names = (cells: readonly (string | undefined)[]): readonly string[] =>
    cells.flatMap((cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  return { chosen: names(rows.map(([, cell]) => cell)), brought: names(rows.map(([, , cell]) => cell)) };
}

test('the page says of every package in the bundle why it is there, and of no other', () => {
  const { chosen, brought } = onPage();
  const bundled = new Set(packages.map(({ name }) => name));
  expect([...chosen, ...brought].toSorted()).toEqual([...bundled].toSorted());
});

test('what we chose is pinned, and the bundle brings nothing that is installed beside it', () => {
  const pinned = Object.entries(about.devDependencies);
  expect(onPage().chosen.filter((name) => !pinned.some(([one]) => one === name))).toEqual([]);
  expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(about).not.toHaveProperty('dependencies');
});

test('its licence lets each be handed on with us', () => {
  expect(packages.filter(({ license }) => !compatible.includes(license))).toEqual([]);
});

test('the licences of all of them are handed on, each in its own words', () => {
  const text = thirdPartyText(packages);
  for (const { name, version, license } of packages)
    expect(text).toContain(`${name} ${version} (${license})\n===`);
  expect(text).toContain('Copyright (c) 2025 Colin McDonnell');
  expect(() =>
    thirdPartyText([{ name: 'none', version: '1', license: 'MIT', directory: import.meta.dirname }]),
  ).toThrow('none has no licence file');
});

test('what is in the program is listed, and where Node is in it, what is in that', () => {
  type Listed = { components: { name: string; components?: { name: string; version: string }[] }[] };
  const listed = (more: readonly BundledPackage[]): Listed =>
    JSON.parse(sbomOf([...packages, ...more], 'nacos-rollout')) as Listed;
  const names = [...new Set(packages.map(({ name }) => name))];
  expect([...new Set(listed([]).components.map(({ name }) => name))].toSorted()).toEqual(names.toSorted());
  const version = about.devDependencies.node;
  const withNode = listed([{ name: 'node', version, license: 'MIT', directory: '' }]).components;
  const openssl = withNode
    .find(({ name }) => name === 'node')
    ?.components?.find(({ name }) => name === 'openssl');
  expect(openssl?.version).toBe(process.versions.openssl);
});
