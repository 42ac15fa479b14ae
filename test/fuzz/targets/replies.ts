import { registryErrorSchema } from '../../../src/core/registry/registry-error.ts';
import { openClient } from '../../../src/nacos/http/client.ts';
import { failureOf } from '../../../src/nacos/http/failure.ts';
import { redactedText } from '../../../src/nacos/http/redact.ts';
import type { NacosRequest } from '../../../src/nacos/http/request.ts';
import type { Reply } from '../../../src/nacos/http/transport.ts';
import { readLogin } from '../../../src/nacos/login/login-request.ts';
import { nacosInfo, rNacosInfo } from '../../../src/nacos/server/capabilities.ts';
import { v1Dialect } from '../../../src/nacos/v1/v1.ts';
import { v3Dialect } from '../../../src/nacos/v3/v3.ts';
import type { Dialect } from '../../../src/nacos/wire/dialect.ts';
import { ServiceBook } from '../../../src/nacos/wire/service-book.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { Answer } from '../../../src/world/registry.ts';
import { fixtures } from '../../nacos/fixture.ts';
import { type Target, tellable } from '../target.ts';

/** Nothing is kept of what one answer said. */
const unheard = (): ServiceBook => new ServiceBook(realClock, () => false);

const address = 'http://127.0.0.1:8848';
const recorded = ['errors', 'lists', 'logins'].flatMap((name) => fixtures(name));
const bodies = [...new Set(recorded.map(({ body }) => body))].filter(({ length }) => length < 6_000);
const pages = [
  '<html><head><title>Welcome</title><meta http-equiv="refresh" content="0; url=https://sso/login"></head></html>',
  '<script>window.location.href = "https://sso/login"</script><form><input type="password"></form>',
  '{"code":403,"message":"{\\"code\\":10001,\\"message\\":\\"token expired!\\"}","data":NaN}',
];
const words = [
  '"code":',
  '"message":',
  '"data":',
  '"hosts":',
  '"ip":',
  '"port":',
  '"metadata":',
  '"weight":',
  '"enabled":',
  '"count":',
  'token expired!',
  'service not found',
  '<meta http-equiv=refresh ',
  '<input type=',
  '<script>',
  '<!--',
  'url=',
  '\\"',
  'NaN',
];

const statuses = [200, 200, 200, 302, 400, 401, 403, 404, 410, 429, 500, 502, 503] as const;
const types = ['application/json;charset=UTF-8', 'text/html', 'text/plain', ''] as const;

/** The rest of an answer follows from its body, so that the body alone repeats it. */
function replyWith(body: string, path: string, mark = body.length): Reply {
  const status = statuses[mark % statuses.length] ?? 200;
  const contentType = types[Math.floor(mark / 13) % types.length] ?? '';
  const more = { challenge: mark % 3 === 0 ? body.slice(0, 80) : undefined, date: body.slice(0, 40) };
  const location = status === 302 ? body.slice(0, 4_000) : undefined;
  return { address, path, url: `${address}/nacos${path}?a=b`, status, contentType, body, location, ...more };
}

const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
const first = { ...orders, cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };
const subject = {
  resource: 'public:DEFAULT_GROUP:naming/orders',
  action: 'write',
  service: 'orders',
} as const;
const sender = { subject, hasToken: true, hasLogin: true };

/** An error is one that journals and faces know, and can be told. */
function told(answer: Answer<unknown>): void {
  if (answer.ok) return;
  const { error } = answer;
  if (!registryErrorSchema.safeParse(error).success) throw new Error(`no error of ours: ${error.kind}`);
  tellable(({ failures }) => failures.registryError(error));
}

type Client = ReturnType<typeof openClient>;

/** Every question is answered with the same body. */
function answering(body: string): Client {
  const read = async (request: NacosRequest): Promise<Answer<Reply>> => {
    const reply = { ...replyWith(body, request.path), status: 200 };
    const error = failureOf(reply, sender);
    return error === undefined ? { ok: true, value: reply } : { ok: false, error };
  };
  return { read } as unknown as Client;
}

async function allOf(dialect: Dialect): Promise<void> {
  const at = { ...first, known: [first] };
  told(await dialect.instances(orders, at));
  told(await dialect.services('public', {}));
  told(await dialect.service(orders, {}));
  told(await dialect.namespaces({}));
  told(await dialect.nodes({}));
  told(await dialect.consumerView(orders, {}));
  told(await dialect.subscribers(orders, {}));
  told(await dialect.detail(first, {}));
}

const login: NacosRequest = { method: 'POST', path: '/v1/auth/login', query: {}, subject };

export const replies: readonly Target[] = [
  {
    name: 'answer',
    seeds: [...bodies, ...pages],
    words,
    run: (input) => {
      const path = '/v1/ns/catalog/services';
      const reply = replyWith(input, path);
      const page = { ...reply, status: 200, contentType: 'text/html' };
      for (const [said, signed] of [
        [reply, {}],
        [reply, { signedAtMs: 1 }],
        [page, {}],
      ] as const) {
        const error = failureOf(said, { ...sender, ...signed });
        if (error !== undefined) told({ ok: false, error });
      }
    },
  },
  {
    name: 'login',
    seeds: [...fixtures('logins').map(({ body }) => body), ...pages],
    words: [...words, '"accessToken":', '"tokenTtl":'],
    run: (input) => told(readLogin({ ok: true, reply: replyWith(input, '/v1/auth/login') }, login, 'nacos')),
  },
  {
    name: 'said-back',
    seeds: ['{"message":"password=s3cret&x"}', 'Bearer eyJhbGciOiJIUzI1NiJ9.x', '%73 s3cret s3crets'],
    words: ['s3cret', 'eyJhbGciOiJIUzI1NiJ9', '%3D', '\\u', '&amp;'],
    run: (input) => {
      const long = 'eyJhbGciOiJIUzI1NiJ9';
      const shut = redactedText(input, ['s3cret', long]);
      if (shut.includes(long)) throw new Error('the token is left');
      if (/(^|[\s=])s3cret($|\s)/.test(shut)) throw new Error('the password is left');
    },
  },
  {
    name: 'lists-v1',
    seeds: [...bodies, ...pages],
    words,
    run: async (input) => {
      const info = input.length % 2 === 0 ? nacosInfo('2.2.4', 'v1', true) : rNacosInfo;
      await allOf(v1Dialect(answering(input), info, 2, unheard()));
    },
  },
  {
    name: 'lists-v3',
    seeds: [...bodies, ...pages],
    words,
    run: async (input) => allOf(v3Dialect(answering(input), 2, unheard())),
  },
];
