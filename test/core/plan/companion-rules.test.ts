import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { isMeant } from '../../../src/core/plan/companion-rules.ts';

const idOf = (service: string, group = 'G') => ({ namespace: 'public', group, service });

test.each([
  ['providers:*', 'providers:a', true],
  ['providers:*', 'providers:', true],
  ['providers:*', 'consumers:a', false],
  ['providers:*:1.0.0:', 'providers:com.acme.Orders:1.0.0:', true],
  ['providers:*:1.0.0:', 'providers:com.acme.Orders:2.0.0:', false],
  // A dot is a dot, and no other character has a meaning of its own.
  ['a.b*', 'axb', false],
  ['a?*', 'a?b', true],
  ['a?*', 'axb', false],
  ['(*', '(x', true],
  ['aa*aa', 'aaa', false],
  ['aa*aa', 'aaaa', true],
  ['*', 'orders', true],
  // Nobody calls a consumer: it is meant only where it is asked for.
  ['*', 'consumers:a', false],
  ['con*', 'consumers:a', false],
  ['consumers:*', 'consumers:a', true],
  ['*', 'routers:a', false],
])('%j and %j: %s', (service, name, expected) => {
  expect(isMeant({ service }, 'G', idOf(name))).toBe(expected);
});

test('only the services of its group are meant', () => {
  expect(isMeant({ service: 'a*' }, 'G', idOf('ab', 'H'))).toBe(false);
  expect(isMeant({ service: 'a*', group: 'H' }, 'G', idOf('ab', 'H'))).toBe(true);
});

test('a star stands for anything, as a regular expression would have it', () => {
  const text = stringMatching(/^[ab:.]{0,6}$/);
  const pattern = array(constantFrom('a', 'b', ':', '.', '*'), { maxLength: 8 }).map((parts) =>
    parts.join(''),
  );
  assert(
    property(pattern, text, (service, name) => {
      const source = service
        .split('*')
        .map((part) => part.replaceAll('.', String.raw`\.`))
        .join('.*');
      const isFitting = new RegExp(`^${source}$`).test(name);
      // Without a star it is a name.
      if (service.includes('*')) expect(isMeant({ service }, 'G', idOf(name))).toBe(isFitting);
    }),
  );
});
