import { expect, test } from 'vitest';
import { redactedText } from '../../../src/nacos/http/redact.ts';

/** What we asked, which everybody may see. */
const open = ['//10.0.0.1:8848', '/nacos/v1/auth/login', 'nacos/v1/auth/login', '/nacos/'];

/** What a server said, with which secret, and what is shown of it. */
test.for([
  // A word of paths, hosts and names.
  [
    'nacos',
    'caused: No static resource nacos/v1/auth/login.;',
    'caused: No static resource nacos/v1/auth/login.;',
  ],
  ['nacos', 'no route to http://nacos:8848/nacos/v1', 'no route to http://nacos:8848/nacos/v1'],
  ['8848', 'gone: http://10.0.0.1:8848/nacos/v1', 'gone: http://10.0.0.1:8848/nacos/v1'],
  ['nacos', 'see /sso/nacos', 'see /sso/***'],
  ['p&ss/wörd', 'see /sso/p%26ss%2Fw%C3%B6rd', 'see /sso/***'],
  [
    'nacos',
    'nacos.core.auth of my-nacos.local and nacos-1, see nacos_log',
    'nacos.core.auth of my-nacos.local and nacos-1, see nacos_log',
  ],
  [
    'auth',
    '"path":"/nacos/v1/auth/login", authorization failed',
    '"path":"/nacos/v1/auth/login", authorization failed',
  ],
  ['a', 'authorization failed!', 'authorization failed!'],
  // A value.
  ['nacos', 'username=nacos&password=nacos', 'username=***&password=***'],
  ['password', 'username=ann&password=password', 'username=ann&password=***'],
  ['password', '{"password": "password"}', '{"password": "***"}'],
  ['nacos', '{"message":"bad login\\nnacos"}', '{"message":"bad login\\n***"}'],
  ['nacos', '{"message":"bad\\u0020nacos"}', '{"message":"bad\\u0020***"}'],
  ['nacos', 'back=password%3Dnacos%26x', 'back=password%3D***%26x'],
  ['nacos', 'http://ann:nacos@10.0.0.1/nacos/', 'http://ann:***@10.0.0.1/nacos/'],
  ['nacos', 'wrong password: nacos.', 'wrong password: ***.'],
  ['nacos', 'caused: nacos;', 'caused: ***;'],
  ['Nacos', 'NACOS is wrong', '*** is wrong'],
  ['1', 'wrong (1) of 10', 'wrong (***) of 10'],
  ['nacos', '密码 nacos 不对', '密码 *** 不对'],
  ['nacos', '密码nacos不对', '密码***不对'],
  ['密码', '密码错误', '***错误'],
  ['a-b/c.d', 'is a-b/c.d right? a-b', 'is *** right? a-b'],
  ['!', 'is "!" right?', 'is "***" right?'],
  ['.*', 'is .* right? nacos', 'is *** right? nacos'],
  // As it is written in a form, a URL, JSON and HTML.
  ['a &b', 'p=a+%26b', 'p=***'],
  ['a &b', 'p=a%20%26b', 'p=***'],
  ['a"b', '"a\\"b"', '"***"'],
  ['a<b', '<p>a&lt;b</p>', '<p>***</p>'],
  // A long one is no word of anything.
  ['correcthorse', 'xcorrecthorsey', 'x***y'],
  ['the.very.token', 'Tokenthe.very.token/x', 'Token***/x'],
  ['', 'nothing to hide', 'nothing to hide'],
  [undefined, 'nothing to hide', 'nothing to hide'],
] as const)('the secret %s in: %s', ([secret, said, shown]) => {
  expect(redactedText(said, [secret], open)).toBe(shown);
});
