import { type Listed, allRead } from '../../core/registry/listed.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import { type Instance, type ServiceId, serviceKey } from '../../core/registry/service.ts';
import type { UiEffect } from '../model/effect.ts';
import { followedMax } from '../model/followed.ts';
import type { Outcome } from '../model/message.ts';
import type { Problem } from '../model/notice.ts';
import { readConsumers } from '../../runner/review/read-consumers.ts';
import { countService } from './count-service.ts';
import { followShown } from './follow-shown.ts';
import { readBeside } from './read-beside.ts';
import { showingParts } from './showing-parts.ts';
import { watchUntil } from '../../world/silence.ts';
import { reachedLines } from './reached-lines.ts';
import { switchOn } from './run-switch-on.ts';
import { tryProfile } from './try-profile.ts';
import { type Session, nowOf } from './session.ts';

type CatalogueEffect = Extract<
  UiEffect,
  {
    kind:
      | 'read-profiles'
      | 'save-profile'
      | 'remove-profile'
      | 'try-profile'
      | 'forget-trial'
      | 'connect'
      | 'forget-connect'
      | 'read-services'
      | 'follow-services'
      | 'count-service'
      | 'read-service-consumers'
      | 'read-namespaces'
      | 'read-instances'
      | 'read-beside'
      | 'switch-on';
  }
>;

/** Profiles, the connection, and what is read through it. */
export async function catalogueEffect(session: Session, effect: CatalogueEffect): Promise<void> {
  const { profiles } = session.ports;
  switch (effect.kind) {
    case 'read-profiles': {
      const list = await profiles.list();
      const warning = list.ok && effect.isAgain !== true ? list.warning : undefined;
      if (list.ok) session.dispatch({ type: 'profiles-read', outcome: { value: list.entries }, warning });
      else session.dispatch({ type: 'profiles-read', outcome: { problem: sentence(list.sentence) } });
      return;
    }
    case 'save-profile': {
      const problem = await profiles.save(effect.values, effect.original);
      session.dispatch({ type: 'profile-saved', sentence: problem });
      return;
    }
    case 'remove-profile':
      session.dispatch({ type: 'profile-removed', sentence: await profiles.remove(effect.name) });
      return;
    case 'try-profile':
      return tryProfile(session, effect);
    case 'forget-trial':
      return session.untry();
    case 'switch-on': {
      const { rollout, target } = effect;
      session.dispatch({ type: 'switched-on', rollout, target, outcome: await switchOn(session, effect) });
      return;
    }
    case 'connect':
      return connect(session, effect);
    case 'forget-connect':
      return session.forget();
    default:
      return session.connected === undefined ? undefined : read(session, session.connected, effect);
  }
}

async function read(
  session: Session,
  { registry }: Connected,
  effect: Extract<
    CatalogueEffect,
    {
      kind:
        | 'read-services'
        | 'follow-services'
        | 'count-service'
        | 'read-service-consumers'
        | 'read-namespaces'
        | 'read-instances'
        | 'read-beside';
    }
  >,
): Promise<void> {
  switch (effect.kind) {
    case 'read-services': {
      const { namespace } = effect;
      const answer = await registry.services(namespace, '', { come: showingParts(session, namespace) });
      const outcome = answer.ok ? { value: answer.value } : { problem: registryProblem(answer.error) };
      // Of a longer one those around the cursor are followed.
      const isWhole = answer.ok && answer.value.items.length <= followedMax;
      const isHeard = isWhole && followShown(session, answer.value.items);
      const chance = Math.random();
      session.dispatch({ type: 'services-read', namespace, outcome, isHeard, chance, now: nowOf(session) });
      return;
    }
    case 'follow-services':
      followShown(session, effect.services);
      return;
    case 'count-service':
      return countService(session, effect.service);
    case 'read-service-consumers': {
      const [consumers] = await readConsumers(registry, registry.nodeAddresses, [effect.service]);
      if (consumers === undefined || session.connected?.registry !== registry) return;
      session.dispatch({ type: 'service-consumers-read', consumers });
      return;
    }
    case 'read-namespaces': {
      const answer = await registry.namespaces();
      const outcome = answer.ok ? { value: answer.value } : { problem: registryProblem(answer.error) };
      session.dispatch({ type: 'namespaces-read', outcome });
      return;
    }
    case 'read-beside':
      session.dispatch({ type: 'beside-read', beside: await readBeside(registry, effect) });
      return;
    case 'read-instances': {
      const outcome = await instancesOf(session, effect.services);
      const isHeard = followShown(session, effect.services);
      const chance = Math.random();
      session.dispatch({ type: 'instances-read', outcome, isHeard, chance, now: nowOf(session) });
      return;
    }
  }
}

async function instancesOf(
  session: Session,
  services: readonly ServiceId[],
): Promise<Outcome<Readonly<Record<string, Listed<Instance>>>>> {
  const lists: Record<string, Listed<Instance>> = {};
  for (const service of services) {
    const answer = await session.connected?.registry.instances(service);
    if (answer === undefined) break;
    if (!answer.ok) return { problem: registryProblem(answer.error) };
    lists[serviceKey(service)] = answer.value ?? allRead([]);
  }
  return { value: lists };
}

async function connect(session: Session, effect: UiEffect & { kind: 'connect' }): Promise<void> {
  const { spec, isTest, password } = effect;
  const user = spec.username;
  if (user !== undefined && spec.passwordFrom === undefined && password === undefined) {
    session.dispatch({ type: 'password-needed', user, effect });
    return;
  }
  session.forget();
  const forgotten = new AbortController();
  const { signal } = forgotten;
  session.forget = () => forgotten.abort();
  const answer = await session.ports.connect(spec, password, watchUntil(session.watch, signal));
  if (signal.aborted) {
    if (answer.ok) await answer.value.registry.close();
    return;
  }
  if (!answer.ok) {
    const { error } = answer;
    const problem: Problem =
      error.kind === 'secret' ? { kind: 'secret', detail: error.detail } : registryProblem(error);
    session.dispatch({ type: 'connect-failed', problem, now: nowOf(session) });
    return;
  }
  const connected = answer.value;
  const { screens, failures } = session.words;
  const found = isTest ? await reachedLines(screens.reached, connected, failures.registryError) : [];
  if (isTest) await connected.registry.close();
  if (signal.aborted) return;
  session.forget = () => undefined;
  const before = session.connected;
  if (!isTest) [session.connected, session.password] = [connected, password];
  // In the same turn: what is said to be reached is what is asked from now on.
  session.dispatch({ type: 'connected', spec, reached: connected.reached, isTest, found });
  if (!isTest) await before?.registry.close();
}

function sentence(text: string): Problem {
  return { kind: 'sentence', sentence: text };
}

function registryProblem(error: Extract<Problem, { kind: 'registry' }>['error']): Problem {
  return { kind: 'registry', error };
}
