import { expect, test } from 'vitest';
import type { RegistryError } from '../../src/core/registry/registry-error.ts';
import { registryErrors as en } from '../../src/i18n/en/registry-errors.ts';
import { say } from '../../src/i18n/grammar/say.ts';
import { registryErrors as zhCn } from '../../src/i18n/zh-cn/registry-errors.ts';

const failed = (status: number, detail = ''): RegistryError => ({ kind: 'server-error', status, detail });

test.each([
  [failed(500), 'Nacos failed (HTTP 500, without a word): try again; if it stays so, see its log.'],
  [failed(500, 'caused: x'), 'Nacos failed (HTTP 500: caused: x): try again; if it stays so, see its log.'],
  [
    failed(429),
    'Nacos, or what stands before it, is asked too often (HTTP 429): wait a little, then try again.',
  ],
  [
    failed(0, 'the connection broke: other side closed'),
    'Nacos gave no whole answer (the connection broke: other side closed): try again; if it stays so, see its log, and what stands before it.',
  ],
  [
    { kind: 'rejected', status: 418, code: 418, detail: '' },
    'Nacos calls our request wrong (HTTP 418, code 418) without a word: check the address and what stands before it; else this is a version that we have not met.',
  ],
] as const)('%j says what it means and what to try', (error, sentence) => {
  expect(say(en, error)).toBe(sentence);
  expect(say(zhCn, error)).not.toMatch(/[:：]\s*[.。]|（[）:：]/);
});

test('one namespace that is near is one', () => {
  const near = [{ id: 'public', name: 'public' }];
  expect(say(en, { kind: 'namespace-missing', namespace: 'nope', nearest: near })).toBe(
    'There is no namespace nope: the nearest id is public.',
  );
});
