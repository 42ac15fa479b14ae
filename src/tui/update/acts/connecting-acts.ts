import type { ConnectionSpec } from '../../../core/registry/connection-spec.ts';
import { exitCodes } from '../../../core/rollout/outcome.ts';
import type { ConsoleExit } from '../../model/exit-summary.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import { changed, closed, front, frontNamed, opened, screenNamed } from '../../model/navigation.ts';
import type { Place } from '../../model/place.ts';
import { type Step, and, failed, noticed, stay } from './transition.ts';

/** Sooner than this nobody has read the screen. */
const unreadMs = 2000;

type Options = { readonly isGiven: boolean; readonly password?: string };

/** Opens the screen that says who is being reached. */
export function connectingTo(model: Model, spec: ConnectionSpec, options: Options): Step {
  const effect = { kind: 'connect', spec, password: undefined, ...options, isTest: false } as const;
  const place: Place = { name: 'connecting', effect, sinceMs: model.now.monotonicMs };
  return and(opened({ ...noticed(model, undefined), waitingFor: undefined }, place), effect);
}

export const connectingActs = {
  'reach-again': (model: Model): Step => {
    const place = screenNamed(model, 'connecting');
    if (place === undefined) return stay(model);
    const { effect, problem } = place;
    const { spec, isGiven, password } = effect;
    const isWrong = problem?.kind === 'registry' && problem.error.kind === 'wrong-password';
    const kept = password === undefined || isWrong ? {} : { password };
    return connectingTo(closed(model), spec, { isGiven, ...kept });
  },
  back: (model: Model): Step => and(closed(model), { kind: 'forget-connect' }),
};

/** Without the screen, where something else comes first. */
export function withoutConnecting(model: Model): Model {
  const [first, ...rest] = model.places;
  return { ...model, places: [first, ...rest.filter(({ name }) => name !== 'connecting')] };
}

/** The services take its place. */
export function withServices(model: Model): Model {
  return changed(model, 'connecting', () => ({ name: 'services', filter: '', cursor: 0 }));
}

/** What was chosen from the list is there to be chosen again; what was given stays, with what may be done. */
export function connectFailed(model: Model, { problem, now }: MessageOf<'connect-failed'>): Step {
  const place = model.places.find(({ name }) => name === 'connecting');
  if (place?.name !== 'connecting' || !place.effect.isGiven)
    return stay(failed(withoutConnecting(model), problem));
  const known = changed({ ...model, now }, 'connecting', (each) => ({ ...each, problem }));
  const mayPass = problem.kind === 'registry' && problem.error.kind === 'server-error';
  // It is said as any other command says it, unless the next time may be better.
  const isAtOnce =
    !mayPass && now.monotonicMs - place.sinceMs < unreadMs && place.effect.password === undefined;
  const leaving = isAtOnce && front(model) === place ? leavingUnreached(known) : undefined;
  return leaving === undefined ? stay(known) : and(known, { kind: 'exit', ...leaving });
}

/** How the console ends where what it was opened for has not been reached. */
export function leavingUnreached(model: Model): ConsoleExit | undefined {
  const place = frontNamed(model, 'connecting');
  if (place?.effect.isGiven !== true || place.problem === undefined) return undefined;
  const { problem } = place;
  const exitCode = problem.kind === 'secret' ? exitCodes.usage : exitCodes.unreachable;
  return { exitCode, exitSummary: { kind: 'not-reached', problem } };
}

/** Ctrl-C before it is known whether it can be reached. */
export function leavingUndecided(model: Model): ConsoleExit | undefined {
  const place = screenNamed(model, 'connecting');
  if (place?.effect.isGiven !== true || place.problem !== undefined) return undefined;
  return { exitCode: exitCodes.interrupted, exitSummary: { kind: 'nothing' } };
}
