import { expect, test } from 'vitest';
import { callText } from '../../../src/core/plan/plan.ts';
import { urlText } from '../../../src/core/text/url-text.ts';

test.each([
  ['http://{ip}:{port}/health', 'http://{ip}:{port}/health'],
  ['http://ops:s3cret@h/a@b', 'http://…@h/a@b'],
  ['http://h/calls?token=s3cret', 'http://h/calls?token=…'],
  ['http://h/calls?a=1&access_token=s3cret&b=2#c', 'http://h/calls?a=1&access_token=…&b=2#c'],
  ['http://h/?apiKey=s3cret;password=s3cret', 'http://h/?apiKey=…;password=…'],
  ['http://h/?X-Amz-Signature=s3cret&key=s3cret', 'http://h/?X-Amz-Signature=…&key=…'],
  [
    'http://h/?monkey=1&tokens=5&query=up{job="orders"}',
    'http://h/?monkey=1&tokens=5&query=up{job="orders"}',
  ],
  ['http://h/token=5', 'http://h/token=5'],
])('%s is shown as %s', (url, shown) => {
  expect(urlText(url)).toBe(shown);
});

test('a call is shown without them', () => {
  expect(callText({ method: 'POST', url: 'http://{ip}/leave?token=s3cret' })).toBe(
    'POST http://{ip}/leave?token=…',
  );
});
