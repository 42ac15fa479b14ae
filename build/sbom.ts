import { execFileSync } from 'node:child_process';
import type { BundledPackage } from './third-party.ts';

/** What we read of CycloneDX 1.5; the rest of a component is passed on as npm says it. */
type Bom = {
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
} & Readonly<Record<string, unknown>>;

/**
 * What is in the bundle, as CycloneDX: npm's own list of what is installed, with its hashes, less what only builds and
 * tests. Without time and serial number, so that the same sources give the same bytes. Where Node is among the packages,
 * its own parts are below it: who looks for a weakness in OpenSSL finds it.
 */
export function sbomOf(packages: readonly BundledPackage[], name: string): string {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const bom = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 2 ** 28 })) as Bom;
  const bundled = new Set(packages.map((one) => `${one.name}@${one.version}`));
  const components = bom.components
    .filter((component) => bundled.has(component['bom-ref']))
    // npm takes all of them for development alone, as nothing is installed beside the bundle.
    .map((component) => ({ ...component, properties: undefined, scope: 'required', ...partsOf(component) }));
  const missing = [...bundled].filter((ref) => components.every((component) => component['bom-ref'] !== ref));
  if (missing.length > 0)
    throw new Error(`in the bundle, but not in package-lock.json: ${missing.join(', ')}`);
  const known = (ref: string): boolean => bundled.has(ref);
  const { serialNumber: _, ...rest } = bom;
  const { component } = bom.metadata;
  const ours = component['bom-ref'] as string;
  const written = {
    ...rest,
    metadata: { component: { ...component, name, type: 'application' } },
    components,
    dependencies: bom.dependencies
      .filter(({ ref }) => ref === ours || known(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(known) })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Of Node, as the one that we are says them: it has the version that is handed on. */
function partsOf({ name, 'bom-ref': ref }: Bom['components'][number]): { components?: readonly object[] } {
  if (name !== 'node') return {};
  // These number interfaces.
  const { node: _node, modules: _modules, napi: _napi, ...parts } = process.versions;
  const type = 'library';
  return {
    components: Object.entries(parts).map(([part, version]) => ({
      'bom-ref': `${ref}/${part}`,
      type,
      name: part,
      version,
    })),
  };
}
