import { execFileSync } from 'node:child_process';
import type { BundledPackage } from './third-party.ts';

/** What we read of CycloneDX 1.5; the rest of a component is passed on as npm says it. */
type Bom = {
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly { readonly 'bom-ref': string; readonly properties?: unknown }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
} & Readonly<Record<string, unknown>>;

/**
 * What is in the bundle, as CycloneDX: npm's own list of what is installed, with its hashes, less what only builds and
 * tests. Without time and serial number, so that the same sources give the same bytes.
 */
export function sbomOf(packages: readonly BundledPackage[], name: string): string {
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const bom = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 2 ** 28 })) as Bom;
  const bundled = new Set(packages.map((one) => `${one.name}@${one.version}`));
  const components = bom.components
    .filter((component) => bundled.has(component['bom-ref']))
    // npm takes all of them for development alone, as nothing is installed beside the bundle.
    .map((component) => ({ ...component, properties: undefined, scope: 'required' }));
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
