import packageJson from '../package.json' with { type: 'json' };

// The oldest Node that our packages run on; on an older one they fail with words that help nobody.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [word, ...more] = process.argv.slice(2);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `nacos-rollout needs Node 22.19 or newer, this is ${process.versions.node}: in a checkout start it with npm start or npx nacos-rollout, elsewhere install a newer Node.\n`,
  );
  process.exitCode = 2;
} else if (word === '--version' && more.length === 0) {
  // What scripts ask often is answered before anything is loaded.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${packageJson.version}\n`);
} else if (word === '__exit') {
  // `src/end.ts` has a process end at once so.
  process.exitCode = Number(more[0]);
} else {
  const { keepCompiled } = await import('./wiring/keep-compiled.ts');
  keepCompiled(process.env, process.getuid?.());
  const { start } = await import('./start.ts');
  await start();
}
