import type { Metafile } from 'esbuild';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageDirectoryOf } from './loads.ts';

export type BundledPackage = {
  readonly name: string;
  readonly version: string;
  /** As SPDX has it. */
  readonly license: string;
  readonly directory: string;
};

/** Whatever has at least a byte in the bundle, each version once, by name. */
export function bundledPackages({ outputs }: Metafile): readonly BundledPackage[] {
  const directories = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => packageDirectoryOf(path))
    .filter((directory) => directory !== undefined);
  const found = new Map<string, BundledPackage>();
  for (const directory of new Set(directories)) {
    const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
      license?: string;
    };
    const key = `${name} ${version}`;
    if (!found.has(key)) found.set(key, { name, version, license: license ?? '', directory });
  }
  return [...found.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const licenceFile = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of what is in the bundle, in the words of each package. Throws for one that publishes no text of its own,
 * unless we keep one for it.
 */
export function thirdPartyText(packages: readonly BundledPackage[]): string {
  const parts = packages.map(({ name, version, license, directory }) => {
    const title = `${name} ${version} (${license})`;
    return [title, '='.repeat(title.length), '', ...licencesOf(name, directory)].join('\n');
  });
  return `${['nacos-rollout contains parts of these packages, under their licences.', ...parts].join('\n\n\n')}\n`;
}

function licencesOf(name: string, directory: string): readonly string[] {
  const own = readdirSync(directory)
    .filter((file) => licenceFile.test(file))
    .toSorted()
    .map((file) => join(directory, file));
  const kept = join(import.meta.dirname, 'licences', `${name}.txt`);
  const files = own.length === 0 && existsSync(kept) ? [kept] : own;
  if (files.length === 0) throw new Error(`${name} has no licence file: keep its text in ${kept}`);
  return files.map((file) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim());
}
