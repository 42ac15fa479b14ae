import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/** Files of the bundle that one of them loads before it begins; with `late`, also what they may load later. */
export function loadedWith(outputs: Outputs, file: string, late = false): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (outputs[next] !== undefined && (late || kind === 'import-statement')) load(next);
  };
  load(file);
  return loaded;
}

/** The packages that have a part in these files. */
export function packagesIn(outputs: Outputs, files: Iterable<string>): ReadonlySet<string> {
  const inputs = [...files].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  return new Set(
    inputs
      .map(packageDirectoryOf)
      .filter((directory) => directory !== undefined)
      .map((directory) => directory.replace(/^.*node_modules\//, '')),
  );
}

/** By the path of one of its files; undefined for our own. */
export function packageDirectoryOf(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

/** The file of the bundle that a module of ours, which is loaded late, became. */
export function chunkOf(outputs: Outputs, source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
  if (found === undefined) throw new Error(`${source} is no entry of the bundle`);
  return found[0];
}
