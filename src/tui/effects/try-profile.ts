import { parseReference } from '../../core/registry/secret-reference.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import { leaseServiceId } from '../../core/registry/lease.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import type { UiEffect } from '../model/effect.ts';
import type { TrialFound, Tried, Withheld } from '../model/profile-fields.ts';
import type { Session } from './session.ts';

/** As long as a hand rests between two words. */
const restMs = 500;

/** Says what the fields of a form reach. It only reads, and what was asked before is given up. */
export async function tryProfile(
  session: Session,
  { of, tried }: UiEffect & { kind: 'try-profile' },
): Promise<void> {
  session.untry();
  const over = new AbortController();
  session.untry = () => over.abort();
  const { clock, profiles } = session.ports;
  await clock.sleep(restMs, over.signal);
  if (over.signal.aborted) return;
  const typed = profiles.specOf(tried.values);
  const found = typed.ok
    ? await foundBy(session, typed.spec, { login: tried.login, signal: over.signal })
    : ({ kind: 'wrong-field', sentence: typed.sentence } as const);
  if (!over.signal.aborted) session.dispatch({ type: 'profile-tried', of, found });
}

type Asked = { readonly login: Tried['login']; readonly signal: AbortSignal };

async function foundBy(
  session: Session,
  spec: ConnectionSpec,
  { login, signal }: Asked,
): Promise<TrialFound> {
  const hasLogin = spec.username !== undefined || spec.accessKeyFrom !== undefined;
  const isLoggingIn = hasLogin && login === 'asked' && isToBeHad(spec);
  const asked = isLoggingIn ? spec : withoutLogin(spec);
  const answer = await session.ports.connect(asked, undefined, undefined, signal);
  if (!answer.ok) {
    const { error } = answer;
    const problem =
      error.kind === 'secret'
        ? ({ kind: 'secret', detail: error.detail } as const)
        : ({ kind: 'registry', error } as const);
    return { kind: 'failed', problem };
  }
  try {
    return await lookedAt(answer.value, isLoggingIn ? 'done' : hasLogin ? withheld[login] : undefined);
  } finally {
    await answer.value.registry.close();
  }
}

const withheld: Readonly<Record<Tried['login'], Withheld>> = {
  asked: 'untried',
  typing: 'untried',
  elsewhere: 'unsaved',
  mistyped: 'unsaved-secret',
};

async function lookedAt(
  { registry, reached, spec }: Connected,
  login: 'done' | Withheld | undefined,
): Promise<TrialFound> {
  const { product, version } = reached;
  const listed = await registry.namespaces();
  // What only we know of is no list.
  const isShown = listed.ok && listed.value.isAssumed !== true;
  const namespaces = isShown ? listed.value.items.map(({ id }) => id) : undefined;
  // A list that anybody may have who may read anything.
  const read = await registry.instances(leaseServiceId(spec.namespace));
  if (!read.ok && login === 'done')
    return { kind: 'failed', problem: { kind: 'registry', error: read.error } };
  return { kind: 'reached', product, version, login: login ?? (read.ok ? 'none' : 'needed'), namespaces };
}

/** Without asking anybody: a command is run when the profile is used, not while it is typed. */
function isToBeHad({
  passwordFrom,
  accessKeyFrom,
  secretKeyFrom,
  securityTokenFrom,
  username,
}: ConnectionSpec): boolean {
  const references =
    username === undefined
      ? [accessKeyFrom, secretKeyFrom, securityTokenFrom ?? accessKeyFrom]
      : [passwordFrom];
  return references.every((text) => {
    const kind = text === undefined ? undefined : parseReference(text)?.kind;
    return kind === 'env' || kind === 'file';
  });
}

function withoutLogin(spec: ConnectionSpec): ConnectionSpec {
  const nobody = { username: undefined, passwordFrom: undefined, accessKeyFrom: undefined };
  return { ...spec, ...nobody, secretKeyFrom: undefined, securityTokenFrom: undefined };
}
