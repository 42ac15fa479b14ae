import { expect, test } from 'vitest';
import { signedDingTalk, signedFeishu } from '../../src/notify/signature.ts';

const secret = 'SEC0f1e2d';

test('the signatures are those that another program makes of the same', () => {
  // Made with hmac, hashlib and base64 of Python 3, as the documentation of either service shows.
  const url = new URL(signedDingTalk('https://host/robot/send?access_token=a', secret, 1_795_737_600_123));
  expect(url.href).toContain('sign=N7YfK2HeK1VSYLfpS6fqKD8RGfmv8w1pzBwYRZLU9bs%3D');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    access_token: 'a',
    timestamp: '1795737600123',
    sign: 'N7YfK2HeK1VSYLfpS6fqKD8RGfmv8w1pzBwYRZLU9bs=',
  });
  expect(signedFeishu(secret, 1_795_737_600_999)).toEqual({
    timestamp: '1795737600',
    sign: 'SBKBnn8rUaOQNBMFBq7aTeUiBR3mCf+pstSSj0OGmX4=',
  });
});
