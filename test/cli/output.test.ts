import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from '../../src/cli/io/output.ts';
import { done, stageOrders } from './support/orders-stage.ts';
import { server, setStage } from './support/stage.ts';

test('a reader that went away ends nothing: what follows is not written', () => {
  let writes = 0;
  // Standard output stays after an error, and errs again at each write; a stream of our own would be destroyed.
  const broken = Object.assign(new EventEmitter(), {
    write: () => {
      writes += 1;
      broken.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const output = createOutput(broken as unknown as Writable, broken as unknown as Writable);
  output.data('one');
  expect(output.isClosed()).toBe(true);
  output.data('two');
  output.talk('three');
  expect(writes).toBe(1);
});

function failing(code: string): Writable {
  const error = Object.assign(new Error(`write ${code}`), { code });
  return new Writable({ write: (_chunk, _encoding, done) => done(error) });
}

test.each([
  ['ENOSPC', 'ENOSPC'],
  ['EIO', 'EIO'],
  // A reader that has seen enough, as `head` has.
  ['EPIPE', undefined],
])('standard output that fails with %s: %s is said of it', async (code, said) => {
  const output = createOutput(failing(code), failing(code));
  expect(await output.obstacle()).toBeUndefined();
  output.data('one');
  expect(await output.obstacle()).toBe(said);
});

test.each([
  [['services'], 2],
  [['instances', 'orders'], 2],
  [['schema', 'plan'], 2],
  // Its code tells how the rollout went.
  [['run', '--service', 'orders', '--deploy', 'x', '--dry-run', '--json'], 0],
] as const)('%j into a disk that is full', async (words, expected) => {
  const { stage, launcher } = stageOrders();
  stage.stdout = failing('ENOSPC');
  const tellEnd = async (): Promise<void> => {
    await launcher.followed;
    launcher.tell(done);
  };
  void tellEnd();
  const { code, err } = await stage.run(...words, ...server);
  expect(err).toContain('Standard output could not be written (ENOSPC)');
  expect(code).toBe(expected);
});

test('control characters are made visible', () => {
  let text = '';
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString('utf8');
      done();
    },
  });
  createOutput(stream, stream).talk('a\u001b[31m', 'b\nc');
  expect(text).toBe('a\\x1b[31m\nb\\nc\n');
});

test('JSON has no control characters in it either, and says the same', () => {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString('utf8'));
      done();
    },
  });
  const said = { '\u009b31m': 'a\u202eb\u007f\u2028', tag: '\u{e0041}\u001b' };
  createOutput(stream, stream).json(said);
  const text = written.join('');
  expect(text).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(text)).toEqual(said);
});

test.each(['bash', 'zsh', 'fish'])(
  'completion %s prints what asks this program at each tab',
  async (shell) => {
    const { code, out } = await setStage().run('completion', shell);
    expect(code).toBe(0);
    expect(out).toContain(`__complete ${shell} `);
  },
);
