import { spawnSync } from 'node:child_process';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandTree } from '../../../src/cli/command-tree.ts';
import { examples } from '../../../src/cli/manual/examples.ts';
import { manPage } from '../../../src/cli/manual/man-page.ts';
import { help as en } from '../../../src/i18n/en/help.ts';
import { help as chinese } from '../../../src/i18n/zh-cn/help.ts';
import { setStage } from '../support/stage.ts';

const all = (command: Command, path = ''): readonly (readonly [string, Command])[] => [
  [path, command],
  ...command.commands.flatMap((child) => all(child, `${path} ${child.name()}`.trim())),
];
const pageOf = (help: typeof en): string =>
  manPage(commandTree(help, '1.2.3').root, help, '1.2.3').join('\n');
const isThere = (program: string): boolean => spawnSync(program, ['--help']).error === undefined;

test('every command and every flag is in it, and every exit code', async () => {
  const page = pageOf(en).replaceAll('\\-', '-');
  for (const [path, command] of all(commandTree(en, '1').root)) {
    if (path !== '') expect(page).toMatch(new RegExp(`^\\.SS nacos-rollout ${path}( |$)`, 'm'));
    for (const { flags, hidden } of command.options) if (!hidden) expect(page).toContain(`.B ${flags}\n`);
  }
  for (const code of [0, 1, 2, 3, 4, 5, 6, 70, 130]) expect(page).toContain(`.TP\n.B ${code}\n`);
  expect(page).toContain('.B NACOS_ROLLOUT_SERVER\n--server\n');
  const { code, out } = await setStage().run('man');
  expect([code, out]).toEqual([0, `${pageOf(en)}\n`]);
});

test('what begins like a request of roff, or has an escape in it, is text', () => {
  const help = { ...en, program: `.so /etc/passwd \\X` };
  expect(pageOf(help)).toContain('\n\\&.so /etc/passwd \\eX\n');
});

test.each([
  ['en', en],
  ['zh-CN', chinese],
])('man and mandoc have nothing to say against it, in %s', (_language, help) => {
  const input = pageOf(help);
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
  if (isThere('man')) {
    const { stdout, stderr, status } = spawnSync('man', ['--warnings', '-l', '-'], {
      input,
      env,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('--override');
  } else console.log('not tried: man is not on this machine');
  if (isThere('mandoc')) {
    // Nothing but its opinion of long lines and of a page without a date.
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning'], { input, env, encoding: 'utf8' });
    const said = stdout.split('\n').filter((line) => line !== '' && !/missing date|man -l/.test(line));
    expect(said).toEqual([]);
  } else console.log('not tried: mandoc is not on this machine');
});

test('--help ends with the examples of the command, and every example has its command', async () => {
  const paths = all(commandTree(en, '1').root).map(([path]) => path);
  expect(Object.keys(examples).filter((path) => !paths.includes(path))).toEqual([]);
  const { out } = await setStage().run('plan', 'check', '--help');
  expect(out).toMatch(
    /Examples:\n {2}\S.* plan check -f plan\.yaml\n {2}\S.* plan check -f plan\.yaml --json\n$/,
  );
  expect((await setStage().run('run', '--help', '--lang', 'zh-CN')).out).toContain('示例：');
});
