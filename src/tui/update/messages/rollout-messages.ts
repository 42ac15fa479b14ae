import { endsByItself, isOver, mayPause } from '../../../core/rollout/rollout.ts';
import type { RunnerLine } from '../../../runner/ports/protocol.ts';
import type { OpenRollout } from '../../../runner/ports/face-ports.ts';
import { offNames } from '../../view/left-off.ts';
import { exitGivenUp, leavingAfter, withJournals } from '../../view/leaving.ts';
import { type Following, beginFollowing, isAbandoned } from '../../model/following.ts';
import { heard } from './hear.ts';
import type { UiEffect } from '../../model/effect.ts';
import type { MessageOf } from '../../model/message.ts';
import type { Model } from '../../model/model.ts';
import { backTo, changed, closed, front, opened, screenNamed, screenOf } from '../../model/navigation.ts';
import { settled } from './settled.ts';
import { type Step, and, failed, noticed, stay } from '../acts/transition.ts';

type RolloutMessage = MessageOf<
  | 'open-rollouts-read'
  | 'compared'
  | 'joined'
  | 'launch-failed'
  | 'abandoned'
  | 'line-received'
  | 'link-closed'
  | 'order-answered'
  | 'tail-read'
  | 'gateway-seen'
>;

/** The rollouts of this machine, and what the runner of the followed one says. */
export function rolloutHappened(model: Model, message: RolloutMessage): Step {
  switch (message.type) {
    case 'open-rollouts-read':
      return [
        openRolloutsRead(model, message),
        [
          ...toCompare(model, message).map((open) => ({ kind: 'compare', open }) as const),
          ...toFollowAgain(model, message.open),
        ],
      ];
    case 'compared': {
      const known = { ...message.outcome, isLoading: false };
      return stay({ ...model, differences: { ...model.differences, [message.id]: known } });
    }
    case 'joined':
      return stay(joined(model, message));
    case 'launch-failed':
      return stay(failed(model, message.problem));
    case 'abandoned':
      return message.problem === undefined
        ? and(abandoned(model, message.id), { kind: 'read-open-rollouts' })
        : stay(failed(model, message.problem));
    case 'line-received':
      return lineReceived(model, message);
    case 'link-closed':
      return stay(linkClosed(model));
    case 'order-answered':
      return message.refused === undefined
        ? stay(model)
        : stay(failed(model, { kind: 'order', refusal: message.refused }));
    case 'tail-read':
      return stay(tailRead(model, message));
    case 'gateway-seen':
      return stay({ ...model, gateway: message.stats });
  }
}

function abandoned(model: Model, id: string): Model {
  const open = model.openRollouts.find((each) => each.id === id);
  const given = open && exitGivenUp(open);
  const leaving = given === undefined ? model.leaving : leavingAfter(model.leaving, given);
  return noticed(
    { ...model, leaving },
    { kind: 'abandoned', id, off: open === undefined ? [] : offNames(open.rollout) },
  );
}

function openRolloutsRead(
  model: Model,
  { open, all, obstacle, isAgain, now }: MessageOf<'open-rollouts-read'>,
): Model {
  const { monotonicMs: rolloutsReadAtMs } = now;
  const leaving = withJournals(model.leaving, all);
  const read = pointedAgain(model, {
    ...model,
    now,
    leaving,
    openRollouts: open,
    rollouts: all,
    rolloutsReadAtMs,
  });
  const known =
    obstacle === undefined || isAgain
      ? read
      : noticed(read, { kind: 'problem', problem: { kind: 'launch', problem: obstacle } });
  const isOffering = screenNamed(model, 'offer') !== undefined;
  if (open.length === 0) return isOffering ? backTo(known, { name: 'profiles', cursor: 0 }) : known;
  if (isAgain) return known;
  // Nobody is taken away from what they have begun to do.
  const isBeginning = ['profiles', 'connecting', 'services'].includes(screenOf(model).name);
  if (isOffering || !isBeginning) return known;
  return opened(known, { name: 'offer', cursor: 0, shownAtMs: now.monotonicMs });
}

/** Those that stand still, as their journals say; again only where something has happened since. */
function toCompare(
  before: Model,
  { open, isAgain }: MessageOf<'open-rollouts-read'>,
): readonly OpenRollout[] {
  const standing = open.filter(({ isRunning }) => !isRunning);
  if (!isAgain) return standing;
  if (screenNamed(before, 'offer') === undefined) return [];
  return standing.filter(({ id, rollout }) => {
    const known = before.openRollouts.find((one) => one.id === id);
    return known === undefined || known.isRunning || known.rollout.seq !== rollout.seq;
  });
}

/** Another runner carries on what is followed here. One that is the same is not heard for a reason. */
function toFollowAgain(model: Model, open: readonly OpenRollout[]): readonly UiEffect[] {
  const { following, waitingFor } = model;
  if (following === undefined || !isAbandoned(following) || waitingFor !== undefined) return [];
  if (screenNamed(model, 'rollout') === undefined) return [];
  const { id, mayDecide, rollout } = following;
  const found = open.find((one) => one.id === id);
  const [now, before] = [found?.rollout.runner, rollout?.runner];
  const isSame = now?.pid === before?.pid && now?.startTicks === before?.startTicks;
  return found?.isRunning !== true || isSame
    ? []
    : [{ kind: 'attach', id, mayDecide, firstOrder: undefined, isAgain: true }];
}

/** With the cursors of the lists on the same rollout, wherever it stands now. */
function pointedAgain(before: Model, after: Model): Model {
  const listed = changed(after, 'rollouts', (place) => ({
    ...place,
    cursor: movedTo(before.rollouts, after.rollouts, place.cursor),
  }));
  return changed(listed, 'offer', (place) => ({
    ...place,
    cursor: movedTo(before.openRollouts, after.openRollouts, place.cursor),
  }));
}

function movedTo(before: readonly OpenRollout[], after: readonly OpenRollout[], cursor: number): number {
  const moved = after.findIndex(({ id }) => id === before[cursor]?.id);
  return moved < 0 ? Math.min(cursor, Math.max(0, after.length - 1)) : moved;
}

function joined(model: Model, message: MessageOf<'joined'>): Model {
  const { id, directory, mayDecide, firstOrder, now } = message;
  const before = model.following;
  const following = beginFollowing(id, directory, mayDecide, firstOrder);
  const isHere = before?.id === id && screenNamed(model, 'rollout') !== undefined;
  if (isHere && isAbandoned(before) && firstOrder === undefined)
    return followedAgain({ ...model, now, following });
  const known = noticed({ ...model, now, following, waitingFor: undefined }, undefined);
  const [first, ...rest] = known.places;
  const behind: Model = { ...known, places: [first, ...rest.filter(({ name }) => name !== 'rollout')] };
  return opened(behind, { name: 'rollout', cursor: 0, isFollowing: true });
}

/** Where one is; but whether to carry it on is the question no more. */
function followedAgain(model: Model): Model {
  const place = front(model);
  const isAsked = place.name === 'confirm' && place.effect.kind === 'resume';
  return noticed(isAsked ? closed(model) : model, { kind: 'followed-again' });
}

function lineReceived(model: Model, message: MessageOf<'line-received'>): Step {
  const { following } = model;
  if (following === undefined) return stay(model);
  if (message.line.kind === 'broken')
    return stay(failed(model, { kind: 'launch', problem: message.line.problem }));
  const { connection = following.connection } = message;
  const after = heard({ ...following, connection }, message.line, message.curl, message.now);
  const known = withoutOverrides({ ...model, now: message.now, following: after }, message.line);
  const next = settled(quietened(known, message.line));
  return withFirstOrder(next, after, message.line);
}

/** What this console was opened on the rollout for, once all is told that has happened. */
function withFirstOrder(model: Model, following: Following, line: RunnerLine): Step {
  const { firstOrder, rollout } = following;
  if (firstOrder === undefined || !following.hasCaughtUp) return stay(model);
  const asked = { ...model, following: { ...following, firstOrder: undefined } };
  // A runner that was started for this has begun with it.
  if (firstOrder === 'pass-gate') return stay(asked);
  if (firstOrder === 'put-back' && rollout?.abort !== undefined) return stay(asked);
  if (firstOrder === 'put-back')
    return and(asked, { kind: 'submit', order: { type: 'abort', how: 'put-back' } });
  const isAskedSince = line.kind === 'event' && line.event.type === 'paused' && !endsByItself(line.event);
  if (rollout === undefined || isAskedSince || isOver(rollout) || mayPause(rollout)) return stay(asked);
  const { paused, lostNodes } = rollout;
  // Who goes on while Nacos or the lease is lost goes on without it: nobody was asked that. It goes on when that is over.
  if ((paused !== undefined && endsByItself(paused)) || lostNodes.length > 0) return stay(model);
  return and(asked, { kind: 'submit', order: { type: 'continue' } });
}

/** An override was typed for one rollout. A rehearsal is not it: what it played is still to begin. */
function withoutOverrides(model: Model, line: RunnerLine): Model {
  const isBegun =
    line.kind === 'event' && line.event.type === 'rollout-planned' && line.event.world === 'real';
  return isBegun && model.draft ? { ...model, draft: { ...model.draft, overrides: [] } } : model;
}

/** What was said of a pause or a stop on its way is true no more. */
function quietened(model: Model, line: RunnerLine): Model {
  const isEnd =
    line.kind === 'event' && (line.event.type === 'rollout-ended' || line.event.type === 'runner-rested');
  const isSaid = model.notice?.kind === 'pausing' || model.notice?.kind === 'stopping';
  return isEnd && isSaid ? noticed(model, undefined) : model;
}

function linkClosed(model: Model): Model {
  const { following } = model;
  if (following === undefined || following.isClosed) return model;
  const closed = { ...following, isClosed: true, closedWallMs: model.now.wallMs, calls: [] };
  const shut = settled({ ...model, following: closed });
  const { notice } = model;
  const isLeft =
    notice?.kind === 'problem' &&
    notice.problem.kind === 'launch' &&
    notice.problem.problem.kind === 'unreadable-runner';
  const isSaid = isLeft || (following.rollout !== undefined && isOver(following.rollout));
  return isSaid ? shut : noticed(shut, { kind: 'runner-lost' });
}

function tailRead(model: Model, { path, text }: MessageOf<'tail-read'>): Model {
  const { following } = model;
  const isSame = following?.tail?.path === path && following.tail.text === text;
  if (following === undefined || text === undefined || isSame) return model;
  return { ...model, following: { ...following, tail: { path, text } } };
}
