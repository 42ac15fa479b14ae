import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import type { Answer, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { detect, withVersion } from './detect.ts';
import type { Dialect } from '../wire/dialect.ts';
import type { ServiceBook } from '../wire/service-book.ts';
import { openKeySession } from '../login/key-session.ts';
import { logInTo } from '../login/login.ts';
import { openSession } from '../http/session.ts';
import { nacosInfo, unknownVersion } from './capabilities.ts';
import { v1Dialect } from '../v1/v1.ts';
import { v3Dialect } from '../v3/v3.ts';

export type FoundServer = { readonly info: ServerInfo; readonly dialect: Dialect };

/** Finds out once what answers, and logs in. What failed is tried again by the next question. */
export type ServerFinder = {
  ready(): Promise<Answer<FoundServer>>;
  /** What was found, or else what is to be expected. */
  likely(): FoundServer;
};

type Parts = {
  readonly client: Client;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly pageSize: number;
  readonly book: ServiceBook;
};

export function openServerFinder({ client, connection, clock, pageSize, book }: Parts): ServerFinder {
  const { username, password, signing } = connection;
  if (signing !== undefined) client.useSession(openKeySession(signing, clock));
  const dialectFor = (info: ServerInfo): Dialect =>
    info.dialect === 'v3' ? v3Dialect(client, pageSize, book) : v1Dialect(client, info, pageSize, book);

  let detected: ServerInfo | undefined;
  let found: FoundServer | undefined;
  let finding: Promise<Answer<FoundServer>> | undefined;

  const find = async (): Promise<Answer<FoundServer>> => {
    if (detected === undefined) {
      const answer = await detect({ client, clock, options: {} }, connection.dialect);
      if (!answer.ok) return answer;
      detected = answer.value;
      if (signing === undefined && username !== undefined && password !== undefined) {
        const logIn = logInTo(client, { username, password, dialect: detected.dialect });
        client.useSession(openSession(logIn, clock));
      }
    }
    const ticket = await client.session().ticket();
    if (!ticket.ok) return ticket;
    const info = await withVersion(client, detected, {});
    found = { info, dialect: dialectFor(info) };
    return { ok: true, value: found };
  };

  return {
    ready: async () => {
      if (found !== undefined) return { ok: true, value: found };
      finding ??= find().finally(() => {
        finding = undefined;
      });
      return await finding;
    },
    likely: () => {
      if (found !== undefined) return found;
      const info = nacosInfo(unknownVersion, connection.dialect ?? 'v1', true);
      return { info, dialect: dialectFor(info) };
    },
  };
}
