import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { server, setStage } from './support/stage.ts';

test.each([
  [['run', '--frob'], 'There is no flag --frob. See: nacos-rollout run --help\n'],
  [
    ['run', '--drian', '3s'],
    'There is no flag --drian; did you mean --drain? See: nacos-rollout run --help\n',
  ],
  [
    ['run', '-service', 'a'],
    'There is no flag -service; did you mean --service? See: nacos-rollout run --help\n',
  ],
  [
    ['run', '--service', 'a', '--service', 'b', '--yes'],
    '--service is given twice, and takes one value. See: nacos-rollout run --help\n',
  ],
  [
    ['services', '--namespace', 'a', '--namespace', 'b'],
    '--namespace is given twice, and takes one value. See: nacos-rollout services --help\n',
  ],
  [
    ['plan', '-f', 'a.yaml', '-f', 'b.yaml'],
    '--file is given twice, and takes one value. See: nacos-rollout plan --help\n',
  ],
  [
    ['disable', 'a', '--ip', '127.0.0.1', '--port', '8301', '--port', '8302', '--wait', '1s'],
    '--port is given twice, and takes one value. See: nacos-rollout disable --help\n',
  ],
  [
    ['enable', 'a', '--ip', '127.0.0.1', '--port', '8301', '--port=8302'],
    '--port is given twice, and takes one value. See: nacos-rollout enable --help\n',
  ],
  [
    ['services', '--profile', 'prod', '--profile', 'test'],
    '--profile is given twice, and takes one value. See: nacos-rollout services --help\n',
  ],
  [
    ['services', '\u2014server', 'a'],
    '\u2014server begins with a dash that is not the one of the keyboard: write --server. See: nacos-rollout services --help\n',
  ],
  [
    ['run', '-\u2013json'],
    '-\u2013json begins with a dash that is not the one of the keyboard: write --json. See: nacos-rollout run --help\n',
  ],
  [
    ['run', '\u2013f', 'a.yaml'],
    '\u2013f begins with a dash that is not the one of the keyboard: write -f. See: nacos-rollout run --help\n',
  ],
  [['sevices'], 'There is no command sevices; did you mean services? See: nacos-rollout --help\n'],
  [['servces'], 'There is no command servces; did you mean services? See: nacos-rollout --help\n'],
  [['instances'], 'SERVICE is missing. See: nacos-rollout instances --help\n'],
  [['plan', '-f', ''], '--file needs a value. See: nacos-rollout plan --help\n'],
  [['run', '--service', 'a', '--deploy='], '--deploy needs a value. See: nacos-rollout run --help\n'],
  [['run', '--service'], '--service needs a value. See: nacos-rollout run --help\n'],
  [
    ['services', 'a', 'b'],
    'There are more words than this command takes. See: nacos-rollout services --help\n',
  ],
  [
    ['plan', 'chek', '-f', 'a.yaml'],
    'plan has no command chek; did you mean check? There are check, diff, edit, show. See: nacos-rollout plan --help\n',
  ],
  [
    ['plan', 'a.yaml'],
    'plan has no command a.yaml. There are check, diff, edit, show. See: nacos-rollout plan --help\n',
  ],
  [
    ['abort'],
    'There is no command abort. Of a rollout that runs: nacos-rollout order abort-put-back; of one that stands still: nacos-rollout resume --abort put-back. See: nacos-rollout --help\n',
  ],
  [
    ['pause', '7f3a'],
    'There is no command pause. Of a rollout that runs: nacos-rollout order pause. See: nacos-rollout --help\n',
  ],
  [
    ['profile', 'add', 'prod', '--password', 'x'],
    'There is no flag --password; did you mean --password-from? See: nacos-rollout profile add --help\n',
  ],
  [['--lang', 'fr'], '--lang fr is not right: write en or zh-CN.\n'],
  [['--color', 'pink'], '--color pink is not right: write never, always or auto.\n'],
  [['schema', 'moon'], 'schema moon is not right: write one of plan, profile, event.\n'],
  [['completion', 'csh'], 'completion csh is not right: write one of bash, zsh, fish.\n'],
  [['licenses'], 'The licenses lie beside the program as it is handed on, and /LICENSE is not there.\n'],
])('%j is one sentence and exit 2', async (argv, sentence) => {
  const { code, out, err } = await setStage().run(...argv);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: sentence });
});

test('the same in Chinese', async () => {
  const { code, err } = await setStage().run('run', '--frob', '--lang', 'zh-CN');
  expect({ code, err }).toEqual({ code: 2, err: '没有选项 --frob。请看：nacos-rollout run --help\n' });
});

test('the environment chooses the language, LC_ALL before LANG', async () => {
  const stage = setStage();
  stage.env = { LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN.UTF-8' };
  expect((await stage.run('--help')).out).toContain('用法：');
  stage.env = { LANG: 'de_DE.UTF-8' };
  expect((await stage.run('--help')).out).toContain('Usage:');
});

test('help goes to standard output, with every command, and reaches nothing', async () => {
  const stage = setStage();
  const { code, out, err } = await stage.run('--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const command of ['demo', 'services', 'run', 'enable', 'attach', 'resume', 'status', 'profile'])
    expect(out).toContain(`  ${command}`);
  expect(stage.specs).toEqual([]);
});

test('a command that only has subcommands prints its help on standard error', async () => {
  const { code, out, err } = await setStage().run('profile');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('nacos-rollout profile [options] [command]');
});

test('--version', async () => {
  expect(await setStage().run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
});

test('the console needs a terminal', async () => {
  const stage = setStage();
  expect((await stage.run()).code).toBe(2);
  expect((await stage.run('demo')).code).toBe(2);
});

test('at a terminal the bare command opens the console, with the connection flags', async () => {
  const stage = setStage();
  stage.isTerminal = true;
  const opened: unknown[] = [];
  stage.ports = {
    ...stage.ports,
    openConsole: async (request) => {
      opened.push(request);
      return 130;
    },
  };
  expect((await stage.run(...server, '--lang', 'zh', '--color', 'never')).code).toBe(130);
  expect(opened).toEqual([
    {
      language: 'zh-CN',
      color: 'never',
      connection: { server: ['127.0.0.1'], lang: 'zh', color: 'never' },
      isTour: false,
      beforeDrawing: expect.any(Function),
    },
  ]);
});

test.each([
  [
    'a server',
    ['--server', 'http://a:1', '--server', 'ann:secret@b:2'],
    {},
    ', to reach http://a:1 http://…@b:2',
  ],
  ['a server of the environment', [], { NACOS_ROLLOUT_SERVER: 'c:3' }, ', to reach http://c:3'],
  ['a profile', ['--profile', 'pro\u001bd'], { NACOS_ROLLOUT_PROFILE: 'x' }, ', to reach pro\\x1bd'],
  ['nothing', [], {}, ''],
])('until the console is there a line says whom it will reach, by %s', async (_by, words, env, whom) => {
  const stage = setStage();
  stage.isTerminal = true;
  stage.env = env;
  const load = Promise.withResolvers<number>();
  let drawn = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      drawn += chunk.toString();
      if (drawn.endsWith('\n')) load.resolve(0);
      done();
    },
  });
  stage.stdout = Object.assign(stdout, { columns: 80 });
  stage.ports = {
    ...stage.ports,
    openConsole: async ({ beforeDrawing }) => {
      beforeDrawing();
      beforeDrawing();
      return load.promise;
    },
  };
  expect((await stage.run(...words)).code).toBe(0);
  expect(drawn).toBe(`Opening the console${whom}. Ctrl-C leaves.\n\u001b[1A\u001b[2K`);
});

test('the line says how to leave however long the names are, and is one line of the terminal', async () => {
  const stage = setStage();
  stage.isTerminal = true;
  const { out } = await stage.run('--server', `http://${'n'.repeat(200)}:8848`);
  const [line = ''] = out.split('\n');
  expect(line).toHaveLength(79);
  expect(line).toMatch(/^Opening the console, to reach http:\/\/n+…\. Ctrl-C leaves\.$/);
});

test('which Nacos is never guessed', async () => {
  const { code, err } = await setStage().run('services');
  expect(code).toBe(2);
  expect(err).toContain('--server URL');
});

test.each(['plan', 'profile', 'event'])('schema %s is JSON Schema', async (what) => {
  const { code, out } = await setStage().run('schema', what);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toHaveProperty('$schema');
});

test.each([
  ['state', 'XDG_STATE_HOME is no absolute path (state) and counts for nothing'],
  ['/state', undefined],
  ['', undefined],
])('XDG_STATE_HOME=%s: %s', async (path, said) => {
  const stage = setStage([]);
  stage.env = { XDG_STATE_HOME: path };
  const { code, err } = await stage.run('history');
  expect(code).toBe(0);
  if (said === undefined) expect(err).not.toContain('XDG_STATE_HOME');
  else expect(err).toContain(said);
});
