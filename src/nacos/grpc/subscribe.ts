import * as z from 'zod';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import { fullName } from '../../core/registry/service-name.ts';
import type { Clock } from '../../world/clock.ts';
import type { Answer } from '../../world/registry.ts';
import { failureOf, isForToken } from '../http/failure.ts';
import type { Sender } from '../http/refusal.ts';
import { redactedText } from '../http/redact.ts';
import { serviceSubject } from '../http/request.ts';
import { type Session, type Ticket, learnedWithinMs } from '../http/session.ts';
import { secretsOf, signedNaming } from '../signature/sign.ts';
import { ownName } from '../wire/own-name.ts';
import { grpcAddress } from './channel.ts';
import { parseJson } from '../../core/text/json-text.ts';
import type { GrpcSession } from './session.ts';

/** A new token is not known to every server at once. */
const tokenPausesMs = [0, 500, learnedWithinMs];

type Asking = { readonly node: string; readonly clock: Clock; readonly login: () => Session };

/** (Un)subscribes; where the token is refused, once more with a new one, and with that again until it must be known. */
export async function askWithToken(
  { node, login, clock }: Asking,
  session: GrpcSession,
  id: ServiceId,
  isJoining: boolean,
): Promise<Answer<unknown>> {
  const { namespace, group: groupName, service: serviceName } = id;
  const body = { namespace, groupName, serviceName, clusters: '', subscribe: isJoining, module: 'naming' };
  const pauses = tokenPausesMs.values();
  for (;;) {
    const ticket = await login().ticket();
    if (!ticket.ok) return ticket;
    const { headers, secrets, signedAtMs } = identityOf(ticket.value, id, clock.wallClock());
    const answer = readAnswer(
      await session.ask('SubscribeServiceRequest', body, { app: ownName, ...headers }),
      {
        address: grpcAddress(node),
        service: id,
        secrets,
        sender: {
          hasToken: ticket.value.token !== undefined,
          hasLogin: login().hasLogin,
          ...(signedAtMs !== undefined && { signedAtMs }),
        },
      },
    );
    if (answer.ok || !login().hasLogin || !isForToken(answer.error)) return answer;
    const pause = pauses.next();
    if (pause.done === true) return answer;
    await clock.sleep(pause.value);
    const renewed = await login().renewed(ticket.value);
    if (!renewed.ok) return renewed;
    // A key is good at once, or it is not.
    if (ticket.value.key !== undefined && renewed.value === ticket.value) return answer;
  }
}

type Identity = {
  readonly headers: Readonly<Record<string, string>>;
  /** What of it no output may show. */
  readonly secrets: readonly (string | undefined)[];
  readonly signedAtMs?: number;
};

/** Who we are, as the Java client says it: only requests about services carry it. */
function identityOf({ token, key }: Ticket, id: ServiceId, atMs: number): Identity {
  if (key !== undefined) {
    const headers = signedNaming(key, fullName(id), atMs);
    return { headers, secrets: secretsOf(key, headers), signedAtMs: atMs };
  }
  return { headers: token === undefined ? {} : { accessToken: token }, secrets: [token] };
}

const answerWire = z.looseObject({
  resultCode: z.number(),
  errorCode: z.number().nullish().catch(undefined),
  message: z.string().nullish().catch(undefined),
});

type Asker = {
  readonly address: string;
  readonly service: ServiceId;
  readonly secrets: Identity['secrets'];
  readonly sender: Omit<Sender, 'subject'>;
};

/** The JSON of an answer, or what is wrong with it, told apart by the same words as over HTTP. */
export function readAnswer(answer: Awaited<ReturnType<GrpcSession['ask']>>, asker?: Asker): Answer<unknown> {
  if (!answer.ok) return answer;
  const path = answer.value.type;
  const wire = answerWire.safeParse(parseJson(answer.value.body));
  if (!wire.success)
    return {
      ok: false,
      error: {
        kind: 'unreadable',
        path,
        detail: 'no answer of Nacos',
        ...(asker && { address: asker.address }),
      },
    };
  const { resultCode, errorCode, message } = wire.data;
  if (resultCode === 200) return { ok: true, value: wire.data };
  const body = redactedText(message ?? '', asker?.secrets ?? []);
  const detail = `${errorCode ?? resultCode} ${body}`.slice(0, 300);
  const plain: RegistryError = { kind: 'server-error', status: 0, detail };
  if (asker === undefined || errorCode !== 403) return { ok: false, error: plain };
  const { address, service } = asker;
  const sender = { ...asker.sender, subject: serviceSubject(service, 'read') };
  const reply = { address, path, status: 403, contentType: 'text/plain', body };
  return { ok: false, error: failureOf(reply, sender) ?? plain };
}
