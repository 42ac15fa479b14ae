import { expect, test } from 'vitest';
import type { RegistryError } from '../../src/core/registry/registry-error.ts';
import { registryErrors as en } from '../../src/i18n/en/registry-errors.ts';
import { say } from '../../src/i18n/grammar/say.ts';
import { registryErrors as zhCn } from '../../src/i18n/zh-cn/registry-errors.ts';

const moved: RegistryError = {
  kind: 'redirected',
  address: 'http://nacos:80',
  status: 307,
  to: 'https://nacos/foo/nacos/v1/ns/x',
  advice: { kind: 'give', server: 'https://nacos:443', contextPath: '/foo/nacos' },
};

test('a redirect says where it points and which flags mean that place', () => {
  expect(say(en, moved)).toBe(
    'http://nacos:80 redirects to https://nacos/foo/nacos/v1/ns/x instead of answering (HTTP 307); ' +
      'we follow nobody with our token: if that is the Nacos you mean, give --server https://nacos:443 --context-path /foo/nacos.',
  );
  expect(say(zhCn, moved)).toBe(
    'http://nacos:80 没有应答，而是重定向到 https://nacos/foo/nacos/v1/ns/x（HTTP 307）；' +
      '我们不会带着令牌跟随重定向：如果那就是你要的 Nacos，请改用 --server https://nacos:443 --context-path /foo/nacos。',
  );
});

test('a login page that is shown in place is called that', () => {
  const shown: RegistryError = { ...moved, status: 200, to: '', advice: { kind: 'login' } };
  expect(say(en, shown)).toBe(
    'http://nacos:80 shows a login page instead of answering (HTTP 200); ' +
      'a proxy in front of Nacos wants a login of its own: have it let us past, or give an address that leads to Nacos directly.',
  );
  expect(say(zhCn, shown)).toContain('而是显示了一个登录页（HTTP 200）');
});

test('a token that is refused though the login works does not blame the password', () => {
  const refused: RegistryError = { kind: 'token-refused', detail: 'token invalid!' };
  expect(say(en, refused)).toMatch(/^Nacos takes the password, but not the token .* \(token invalid!\): /);
  expect(say(zhCn, refused)).toMatch(/^密码正确，.*（token invalid!）。/);
});

test('who refuses without a word is said to be no Nacos', () => {
  const barred: RegistryError = {
    kind: 'barred',
    address: 'http://n',
    status: 403,
    detail: '',
    mayBeToken: true,
  };
  expect(say(en, barred)).toMatch(
    /^Something in front of Nacos at http:\/\/n refuses us \(HTTP 403 without a word\);/,
  );
  expect(say(zhCn, barred)).toContain('（HTTP 403，没有任何说明）');
});
