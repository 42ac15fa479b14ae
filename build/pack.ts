// `npm run package`: what is handed on, in `dist/package`: the packed file, the program in one file for each of the given
// architectures, what is in each of them (CycloneDX), and checksums.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { bundle } from './bundle.ts';
import { sbomOf } from './sbom.ts';
import { architectures, buildSingleFile } from './single-file.ts';
import { type BundledPackage, bundledPackages } from './third-party.ts';

const out = resolve('dist', 'package');

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const stage = mkdtempSync(join(tmpdir(), 'nacos-rollout-package-'));
try {
  for (const file of [...about.files, ...readdirSync('.').filter((name) => /^(LICENSE|README)/.test(name))])
    cpSync(file, join(stage, file), { recursive: true });
  // Neither what builds it nor what it is built of: npm would ask whoever installs it about our scripts.
  const { scripts: _scripts, allowScripts: _allowed, devDependencies: _built, ...rest } = about;
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(rest, null, 2)}\n`);
  execFileSync('npm', ['pack', stage, '--silent', '--pack-destination', out], { stdio: 'inherit' });
} finally {
  rmSync(stage, { recursive: true, force: true });
}
const { metafile } = await bundle();
keepSbom(`${about.name}-${about.version}`, bundledPackages(metafile));
for (const architecture of architectures.filter((one) => process.argv.includes(one))) {
  const { path, packages } = await buildSingleFile(architecture, out);
  keepSbom(basename(path), packages);
}
writeFileSync(join(out, 'SHA256SUMS'), readdirSync(out).toSorted().map(checksum).join(''));

function checksum(name: string): string {
  const hash = createHash('sha256').update(readFileSync(join(out, name)));
  return `${hash.digest('hex')}  ${name}\n`;
}

function keepSbom(name: string, packages: readonly BundledPackage[]): void {
  writeFileSync(join(out, `${name}.cdx.json`), sbomOf(packages, about.name));
}
