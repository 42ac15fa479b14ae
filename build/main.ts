// `npm run build`: the program in `dist`, which needs nothing but Node.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { commandTree } from '../src/cli/command-tree.ts';
import { manPage } from '../src/cli/manual/man-page.ts';
import { help } from '../src/i18n/en/help.ts';
import { bundle, program } from './bundle.ts';
import { bundledPackages, thirdPartyText } from './third-party.ts';

const out = 'dist';

const { files, metafile } = await bundle();
// Names of chunks change with what is in them.
rmSync(join(out, 'chunks'), { recursive: true, force: true });
const manual = manPage(commandTree(help, about.version).root, help, about.version);
for (const [name, text] of [
  ...files,
  ['nacos-rollout.1', `${manual.join('\n')}\n`] as const,
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
