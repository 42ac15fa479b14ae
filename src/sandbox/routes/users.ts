import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../world/clock.ts';
import type { Faults } from '../registry/faults.ts';
import { isThree, type SandboxKind } from '../registry/registry-state.ts';
import { causedReply, jsonReply, springError, textReply, type Reply } from './reply.ts';
import { parameter, type SandboxRequest } from './sandbox-request.ts';

export type Credentials = { readonly username: string; readonly password: string };

export type SandboxAuth = Credentials & {
  readonly readers?: readonly Credentials[];
  readonly tokenTtlMs?: number;
};

/** What a route lets in: everybody, who may read, who may write, or the administrator only. */
export type Access = 'open' | 'read' | 'write' | 'admin';

export type Accounts = {
  /** The answer for who may not, or nothing for who may. */
  refusal(request: SandboxRequest, access: Access): Reply | undefined;
  logIn(request: SandboxRequest): Reply;
};

const defaultTtlMs = 18_000_000;

type ProcessEnvironment = { readonly kind: SandboxKind; readonly clock: Clock; readonly faults: Faults };

export function accounts(
  auth: SandboxAuth | undefined,
  { kind, clock, faults }: ProcessEnvironment,
): Accounts {
  const secret = randomBytes(32);
  const tokens = new Map<string, { username: string; issuedAtMs: number; endsAtMs: number }>();
  const ttlMs = auth?.tokenTtlMs ?? defaultTtlMs;
  const known = auth ? [auth, ...(auth.readers ?? [])] : [];

  const forbidden = (request: SandboxRequest, code: 401 | 403, message: string): Reply => {
    const words = isThree(kind) ? `Code: ${code}, Message: ${message}.` : message;
    return springError(403, words, request.path, clock.wallClock());
  };

  const issue = (username: string): string => {
    const exp = Math.floor((clock.wallClock() + ttlMs) / 1000);
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${part({ alg: 'HS256' })}.${part({ sub: username, exp, jti: tokens.size })}`;
    const token = `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
    const issuedAtMs = clock.monotonic();
    tokens.set(token, { username, issuedAtMs, endsAtMs: issuedAtMs + ttlMs });
    return token;
  };

  return {
    refusal: (request, access) => {
      if (!auth || access === 'open') return undefined;
      const token = tokenOf(request, kind);
      if (token === undefined) return forbidden(request, 401, noUser[kind]);
      const session = tokens.get(token);
      if (!session) return forbidden(request, 401, 'unsupported signature algorithm');
      if (clock.monotonic() - session.issuedAtMs < faults.unknownTokenMs)
        return forbidden(request, 401, 'token invalid!');
      if (session.endsAtMs <= clock.monotonic()) return forbidden(request, 401, 'token expired!');
      const mayDo = session.username === auth.username || access === 'read';
      return mayDo ? undefined : forbidden(request, 403, 'authorization failed!');
    },
    logIn: (request) => {
      const username = parameter(request, 'username') ?? '';
      // A server without authentication lets everybody log in.
      const account = auth
        ? known.find((one) => one.username === username)
        : { username, password: undefined };
      if (!account) return unknownUser(kind, request, username, clock.wallClock());
      if (account.password !== undefined && account.password !== request.parameters.get('password'))
        return wrongPassword(kind, request, clock.wallClock());
      return jsonReply({
        accessToken: issue(username),
        tokenTtl: Math.floor(ttlMs / 1000),
        globalAdmin: username === auth?.username,
        username,
      });
    },
  };
}

const noUser: Record<SandboxKind, string> = {
  '1.4': 'user not found!',
  '2.x': 'user not found!',
  '3.x': 'User not found! Please check user exist or password is right!',
  '3.2': 'User not found! Please check user exist or password is right!',
};

function tokenOf(request: SandboxRequest, kind: SandboxKind): string | undefined {
  const bearer = /^Bearer (.+)$/.exec(request.header('authorization'))?.[1];
  const named = kind === '1.4' ? undefined : request.header('accesstoken') || undefined;
  return bearer ?? named ?? parameter(request, 'accessToken');
}

function unknownUser(kind: SandboxKind, request: SandboxRequest, name: string, wallMs: number): Reply {
  if (kind === '1.4') return textReply('unknown user!', 403);
  if (kind === '2.x') return causedReply(name, 500);
  return springError(403, 'Access Denied', request.path, wallMs);
}

function wrongPassword(kind: SandboxKind, request: SandboxRequest, wallMs: number): Reply {
  if (kind === '1.4') return textReply('unknown user!', 403);
  if (kind === '2.x') return textReply('user not found!', 403);
  return springError(500, 'No message available', request.path, wallMs);
}
