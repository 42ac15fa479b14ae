import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProfileStore } from '../../src/profiles/store.ts';
import { newDirectory } from '../support/new-directory.ts';

test.each([
  ['/dev/full', 'device'],
  ['/dev/zero', 'device'],
  ['/tmp', 'directory'],
])('a profile file that leads to %s is told, not read', (leadsTo, found) => {
  const directory = newDirectory('profiles');
  const path = join(directory, 'profiles.json');
  symlinkSync(leadsTo, path);
  expect(openProfileStore(directory).read()).toEqual({
    ok: false,
    problem: { kind: 'unreadable-file', path, obstacle: { kind: 'no-file', found } },
  });
});
