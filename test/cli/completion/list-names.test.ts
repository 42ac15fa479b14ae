import { expect, test } from 'vitest';
import { hostOf } from '../../../src/cli/completion/list-names.ts';

test('beside a profile its servers are shown without a login, whatever the password is made of', () => {
  const logins = ['', 'http://', 'http://nacos:secret@', 'nacos:s3c@ret/of@'];
  const shown = logins.map((login) => hostOf(`${login}10.0.0.1:8848`));
  expect(new Set(shown)).toEqual(new Set(['10.0.0.1:8848']));
});
