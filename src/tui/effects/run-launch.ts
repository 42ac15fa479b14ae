import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import { isSameLogin } from '../../core/registry/same-nacos.ts';
import { isLeftBeside } from '../../core/report/left-beside.ts';
import { compareWithNacos } from '../../runner/registry/compare-with-nacos.ts';
import type { Launched, OpenRollout } from '../../runner/ports/face-ports.ts';
import { createObserver } from '../../runner/process/observe.ts';
import type { FirstOrder, PasswordEffect, UiEffect } from '../model/effect.ts';
import type { Problem } from '../model/notice.ts';
import { type Session, join, leave, nowOf } from './session.ts';

type LaunchEffect = Extract<
  UiEffect,
  {
    kind:
      | 'read-open-rollouts'
      | 'compare'
      | 'start'
      | 'attach'
      | 'resume'
      | 'abandon'
      | 'read-report'
      | 'detach'
      | 'submit'
      | 'read-tail'
      | 'observe'
      | 'close-link';
  }
>;

const tailBytes = 16_384;

/** Rollouts: those of this machine, their start, and the link to the one that is followed. */
export async function launchEffect(session: Session, effect: LaunchEffect): Promise<void> {
  const { launcher } = session.ports;
  switch (effect.kind) {
    case 'read-open-rollouts': {
      const { rollouts: all, unreadable } = await launcher.all();
      const open = all.filter(({ rollout }) => rollout.ended === undefined);
      const [obstacle] = unreadable;
      const isAgain = effect.isAgain === true;
      session.dispatch({ type: 'open-rollouts-read', open, all, obstacle, isAgain, now: nowOf(session) });
      return;
    }
    case 'compare':
      return compare(session, effect.open);
    case 'start':
      return start(session, effect);
    case 'attach': {
      const { mayDecide, firstOrder } = effect;
      const { link } = session;
      const launched = await launcher.attach(effect.id, { mayDecide });
      if (effect.isAgain !== true || (launched.ok && session.link === link))
        return join(session, launched, { mayDecide, firstOrder });
      // Meanwhile it was left, or its runner is not there yet: it is looked for again.
      if (launched.ok) launched.link.close();
      return;
    }
    case 'resume': {
      const typedPassword = effect.password ?? passwordAt(session, effect.at);
      const isPuttingBack = effect.firstOrder === 'put-back';
      const isPassingGate = effect.firstOrder === 'pass-gate';
      const launched = await launcher.resume(effect.id, {
        typedPassword,
        isAttended: true,
        isPuttingBack,
        isPassingGate,
      });
      return joinOrAsk(session, launched, effect, effect.firstOrder);
    }
    case 'abandon':
      return abandon(session, effect.id);
    case 'read-report': {
      const told = await session.ports.report(effect.id, effect.language);
      const outcome = told.ok
        ? { value: told.lines }
        : { problem: { kind: 'launch', problem: told.problem } as const };
      session.dispatch({ type: 'report-told', outcome });
      return;
    }
    case 'detach':
      return detach(session);
    case 'submit': {
      const refused = await session.link?.submit(effect.order);
      session.dispatch({ type: 'order-answered', order: effect.order, refused });
      return;
    }
    case 'read-tail': {
      const text = await session.ports.readTail(effect.path, tailBytes);
      session.dispatch({ type: 'tail-read', path: effect.path, text });
      return;
    }
    case 'observe':
      return observe(session, effect);
    case 'close-link':
      return leave(session);
  }
}

async function start(session: Session, effect: LaunchEffect & { kind: 'start' }): Promise<void> {
  const { connected } = session;
  if (connected === undefined) return;
  const { plan, nodes, world } = effect;
  const typedPassword = effect.password ?? session.password;
  const launched = await session.ports.launcher.start({
    plan,
    nodes,
    world,
    connected,
    typedPassword,
    isAttended: true,
  });
  joinOrAsk(session, launched, effect, undefined);
}

/** What was typed for one user of one Nacos is told to no other. */
function passwordAt({ connected, password }: Session, at: ConnectionSpec): string | undefined {
  const spec = connected?.spec;
  return spec !== undefined && isSameLogin(spec, at) ? password : undefined;
}

/** Without a password that was typed there is nothing to compare with; carrying on asks for it. */
async function compare(session: Session, { id, rollout }: OpenRollout): Promise<void> {
  const { reached } = rollout.planned;
  if (reached.username !== undefined && reached.passwordFrom === undefined) return;
  const answer = await session.ports.connect(reached, undefined, session.watch);
  if (!answer.ok) {
    const { error } = answer;
    const problem: Problem =
      error.kind === 'secret' ? { kind: 'secret', detail: error.detail } : { kind: 'registry', error };
    return session.dispatch({ type: 'compared', id, outcome: { problem } });
  }
  const { registry } = answer.value;
  const value = await compareWithNacos(registry, rollout);
  await registry.close();
  session.dispatch({ type: 'compared', id, outcome: { value } });
}

function joinOrAsk(
  session: Session,
  launched: Launched,
  effect: PasswordEffect,
  firstOrder: FirstOrder,
): void {
  if (launched.ok || launched.problem.kind !== 'password-needed')
    return join(session, launched, { mayDecide: true, firstOrder });
  session.dispatch({ type: 'password-needed', user: launched.problem.user, effect });
}

async function observe(session: Session, effect: UiEffect & { kind: 'observe' }): Promise<void> {
  const { plan, nodes, before } = effect;
  const { connected, link, ports } = session;
  if (connected === undefined) return;
  const snapshot = await createObserver(
    connected.registry,
    ports.clock,
    () => nodes,
    () => plan,
    { before },
  )();
  // Meanwhile it may have been left.
  if (session.link !== link) return;
  session.dispatch({ type: 'line-received', line: { kind: 'observed', snapshot }, now: nowOf(session) });
}

/** Only who has heard that it may go on without us is left alone. */
async function detach(session: Session): Promise<void> {
  await session.link?.submit({ type: 'detach' });
  leave(session);
  return launchEffect(session, { kind: 'read-open-rollouts', isAgain: true });
}

async function abandon(session: Session, id: string): Promise<void> {
  const problem = await session.ports.launcher.abandon(id);
  const said = problem && ({ kind: 'launch', problem } as const);
  session.dispatch({ type: 'abandoned', id, problem: said });
  // Its end has its command and its receivers too, who wait for nobody.
  const read = problem === undefined ? await session.ports.launcher.read(id) : undefined;
  if (read?.ok !== true || !isLeftBeside(read.events)) return;
  const finished = await session.ports.launcher.resume(id, { typedPassword: undefined, isAttended: false });
  if (finished.ok) finished.link.close();
}
