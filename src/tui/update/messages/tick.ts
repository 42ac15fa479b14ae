import { isSameNacos } from '../../../core/registry/same-nacos.ts';
import { type ServiceId, isSameService } from '../../../core/registry/service.ts';
import { nodesOf, planOf } from '../../../core/rollout/rollout.ts';
import type { UiEffect } from '../../model/effect.ts';
import { isAbandoned, isLive } from '../../model/following.ts';
import { livePath } from '../../keys/log-path.ts';
import type { Loaded, Model } from '../../model/model.ts';
import type { Now } from '../../model/now.ts';
import { followedMax } from '../../model/followed.ts';
import { screenNamed, screenOf } from '../../model/navigation.ts';
import type { MessageOf } from '../../model/message.ts';
import {
  freshnessOf,
  isSameFreshness,
  leftMaxMs,
  nextReadMs,
  readEveryMs,
} from '../../model/reading-pace.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { companionServices } from '../acts/instance-acts.ts';
import { type Step, and, noticed, stay } from '../acts/transition.ts';
import { makeupWanted } from './makeup.ts';

/** Changes that are told in quick succession are read at once. */
const restMs = 500;
/** How many services above the cursor are followed, at least, unless there are fewer. */
const aboveCursor = 75;
const followedStep = 50;
/** As long as it takes to read why a key does nothing, twice. */
const answerMs = 5_000;
const refreshMs = readEveryMs.instances.polled;
const rolloutsMs = 2_000;
/** Doubled with each reading that fails. */
const troubleUnitMs = 1_000;

/** Once a second. The model stays the same where nothing on the screen counts, so that nothing is drawn. */
export function ticked(before: Model, now: Now): Step {
  const [model, effects] = makeupWanted(withoutAnswer(before, now), now);
  const isNews = isCounting(model) || isOlder(model, now);
  return reading(isNews ? { ...model, now } : model, [...wantedReads(model, now), ...effects], now);
}

/** Why a key did nothing is read once. */
function withoutAnswer(model: Model, now: Now): Model {
  const { notice, noticedAtMs = now.monotonicMs } = model;
  const isAnswer = notice?.kind === 'off' || notice?.kind === 'unknown-key';
  return isAnswer && now.monotonicMs - noticedAtMs >= answerMs ? noticed(model, undefined) : model;
}

/** What is on the screen has changed: it is read now, or soon where it was read just now. */
export function changeTold(model: Model, { service, on, isFirst, now }: MessageOf<'change-told'>): Step {
  const { name } = screenOf(model);
  if (name !== 'services' && name !== 'instances') return stay(model);
  if (name === 'services' && isLong(model)) {
    // It takes long to read, and may be old by the time that one comes to a service.
    const known = model.services.value?.items.find((one) => isSameService(one, service));
    const isNews = known !== undefined && !(isFirst && known.on === on);
    return isNews ? and(model, { kind: 'count-service', service }) : stay(model);
  }
  // It was read just before.
  if (isFirst) return stay(model);
  const outdated = { ...model, [name]: { ...model[name], isOutdated: true } };
  return reading(outdated, listReads(outdated, now), now);
}

function reading(model: Model, effects: readonly UiEffect[], now: Now): Step {
  const isFor = (kind: UiEffect['kind']): boolean => effects.some((effect) => effect.kind === kind);
  const begun = { isLoading: true, isOutdated: false, beganAtMs: now.monotonicMs };
  if (isFor('read-instances')) return [{ ...model, instances: { ...model.instances, ...begun } }, effects];
  if (isFor('read-services')) return [{ ...model, services: { ...model.services, ...begun } }, effects];
  return [model, effects];
}

/** The lists of the screen, where they are old. */
function listReads(model: Model, now: Now): readonly UiEffect[] {
  const { name } = screenOf(model);
  if (name !== 'services' && name !== 'instances') return [];
  const { isLoading, isOutdated, isHeard, readAtMs = -Infinity } = model[name];
  const plainMs = isOutdated === true ? restMs : readEveryMs[name][isHeard === true ? 'heard' : 'polled'];
  const ageMs = Math.max(troubleMs(model[name]), nextReadMs(model, name, plainMs));
  if (isLoading || now.monotonicMs - readAtMs < ageMs) return [];
  if (name === 'services') return [{ kind: 'read-services', namespace: model.namespace }];
  return model.draft === undefined
    ? []
    : [{ kind: 'read-instances', services: companionServices(model.draft) }];
}

/** Twice as long after each failure, or down to half of that, so that who saw it fail together does not come back together. */
function troubleMs({ failures = 0, chance = 0 }: Loaded<unknown>): number {
  return failures === 0 ? 0 : (Math.min(leftMaxMs, troubleUnitMs * 2 ** failures) * (1 + chance)) / 2;
}

/** More than are followed: those around the cursor are, and counted one by one. */
function isLong({ services }: Model): boolean {
  return (services.value?.items.length ?? 0) > followedMax;
}

/** In steps, so that not each motion asks for another one. */
function aroundCursor(model: Model): readonly ServiceId[] {
  const cursor = screenNamed(model, 'services')?.cursor ?? 0;
  const from = Math.max(0, Math.floor((cursor - aboveCursor) / followedStep) * followedStep);
  return serviceRows(model).slice(from, from + followedMax);
}

/** Whether what is said of the age of its list is another thing now. */
function isOlder(model: Model, now: Now): boolean {
  const { name } = screenOf(model);
  const isShown = name === 'services' || (name === 'instances' && model.instances.problem !== undefined);
  if (!isShown) return false;
  return !isSameFreshness(freshnessOf(model, name, now), freshnessOf(model, name, model.now));
}

function isCounting(model: Model): boolean {
  const screen = screenOf(model);
  if (model.silence !== undefined) return true;
  if (screen.name === 'connecting') return screen.problem === undefined;
  if (screen.name === 'rollout') return model.following !== undefined && isLive(model.following);
  return screen.name === 'offer';
}

function wantedReads(model: Model, now: Now): readonly UiEffect[] {
  // What is said of it at the end must be so then.
  const isLeft = goesOn(model.leaving);
  const isAwaited = model.following !== undefined && isAbandoned(model.following);
  const isRead = ['rollouts', 'offer'].includes(screenOf(model).name) || isLeft || isAwaited;
  return [...screenReads(model, now), ...(isRead ? rolloutReads(model, now) : [])];
}

function goesOn(leaving: Model['leaving']): boolean {
  const summary = leaving?.exitSummary;
  return summary?.kind === 'several'
    ? summary.of.some((one) => one.exitSummary.kind === 'goes-on')
    : summary?.kind === 'goes-on';
}

function screenReads(model: Model, now: Now): readonly UiEffect[] {
  const { name } = screenOf(model);
  if (name === 'services' && isLong(model))
    return [{ kind: 'follow-services', services: aroundCursor(model) }, ...listReads(model, now)];
  if (name === 'services' || name === 'instances') return listReads(model, now);
  if (name === 'rollouts' || name === 'offer') return [];
  const path = livePath(model);
  return [...(path === undefined ? [] : [{ kind: 'read-tail', path } as const]), ...observing(model, now)];
}

/** Journals of this machine: nobody else is asked. */
function rolloutReads({ rolloutsReadAtMs = -Infinity }: Model, now: Now): readonly UiEffect[] {
  const isOld = now.monotonicMs - rolloutsReadAtMs >= rolloutsMs;
  return isOld ? [{ kind: 'read-open-rollouts', isAgain: true }] : [];
}

/** Nobody else looks any more once the runner is gone; a rehearsal's Nacos is gone with it. */
function observing({ following, connection }: Model, now: Now): readonly UiEffect[] {
  const rollout = following?.rollout;
  if (rollout === undefined || following?.isClosed !== true || rollout.planned.world !== 'real') return [];
  const isHere = connection !== undefined && isSameNacos(connection.spec, rollout.planned.reached);
  const isOld = now.monotonicMs - (following.runnerClock?.atMs ?? -Infinity) >= refreshMs;
  const before = following.snapshot;
  return isHere && isOld ? [{ kind: 'observe', plan: planOf(rollout), nodes: nodesOf(rollout), before }] : [];
}
