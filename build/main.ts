// `npm run build`: the program in `dist`, which needs nothing but Node.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, program } from './bundle.ts';
import { bundledPackages, thirdPartyText } from './third-party.ts';

const out = 'dist';

const { files, metafile } = await bundle();
// Names of chunks change with what is in them.
rmSync(join(out, 'chunks'), { recursive: true, force: true });
for (const [name, text] of [
  ...files,
  ['THIRD-PARTY.txt', thirdPartyText(bundledPackages(metafile))] as const,
]) {
  mkdirSync(dirname(join(out, name)), { recursive: true });
  writeFileSync(join(out, name), text);
}
chmodSync(join(out, program), 0o755);

// In a checkout, `npx nacos-rollout` is what was just built.
const link = 'node_modules/.bin/nacos-rollout';
rmSync(link, { force: true });
symlinkSync(`../../${join(out, program)}`, link);
