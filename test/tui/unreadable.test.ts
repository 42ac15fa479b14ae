import { expect, test } from 'vitest';
import { openConsole } from './support/open-console.ts';

const nan = { field: 'weight', found: '"NaN"' };
const bad = { service: 'orders', cluster: 'DEFAULT', ip: '10.0.0.77', port: 8080, ...nan };
const nameless = { namespace: 'public', field: 'serviceName', found: 'null' };

test.each(['en', 'zh-CN'] as const)('what cannot be read stands under what can, in %s', async (language) => {
  const opened = openConsole({
    language,
    prepare: ({ instances }) => {
      instances.unreadable = [
        bad,
        { ...bad, ip: '\u001b[31m' },
        { service: 'orders', field: 'ip' },
        bad,
        nameless,
      ];
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  expect(opened.screen()).toMatch(
    language === 'en' ? /orders .* 3 .* 4 unreadable/ : /orders .* 3 .* 4 条无法读取/,
  );
  expect(opened.screen()).toMatch(/\? \? .*serviceName.*null/);
  await opened.press('n');
  await opened.sees('dev');
  expect(opened.screen()).toMatch(/\? \? .*serviceName.*null/);
  await opened.press('esc');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  expect(opened.screen()).toMatch(/\? 10\.0\.0\.77:8080 .*weight.*"NaN"/);
  expect(opened.screen()).toMatch(/\\x1b\[31m/);
  expect(opened.screen()).toMatch(language === 'en' ? /… 1 more/ : /… 还有 1 项/);
  // Nobody can choose what nobody can read.
  expect(opened.store.model().draft?.order.map(({ ip }) => ip)).not.toContain('10.0.0.77');
});

test('in a small window both what can be read and what cannot are there', async () => {
  const opened = openConsole({
    size: { columns: 60, rows: 15 },
    prepare: ({ instances }) => {
      instances.unreadable = [bad];
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.77:8080 cannot be read');
  expect(opened.screen()).toContain('10.0.0.11:8080');
});
