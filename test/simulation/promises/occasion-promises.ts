import { isDeepStrictEqual } from 'node:util';
import type { CommandResult } from '../../../src/core/event/failure.ts';
import type { Event, FactOf } from '../../../src/core/event/event.ts';
import type { OccasionKey } from '../../../src/core/hooks/occasion-key.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { CommandOrder } from '../../../src/world/world.ts';

type Try = { readonly attempt: number; readonly result: CommandResult | undefined };

export function isOfOccasion(event: Event): event is Event & { type: 'occasion-began' | 'occasion-ended' } {
  return event.type === 'occasion-began' || event.type === 'occasion-ended';
}

/**
 * What the plan runs beside the rollout runs for each of its occasions, one after the other of a kind, and again only
 * where that may help and the plan says so, however many runners die meanwhile. Judged by what stands in the journal.
 */
export function createOccasionPromises(plan: Plan, broken: (what: string) => void) {
  const heard = new Map<number, Event>();
  const tries = new Map<string, Try[]>();
  /** One of a kind at a time. */
  const running = new Map<OccasionKey, string>();

  const nameOf = ({ on, about }: FactOf<'occasion-began' | 'occasion-ended'>): string => `${on} ${about}`;
  /** How many began, those left out that never did. */
  const counted = (of: readonly Try[]): number =>
    of.filter(({ result }) => result?.kind !== 'never-began').length;

  const begins = (event: FactOf<'occasion-began'>): void => {
    const { on, about, attempt } = event;
    const name = nameOf(event);
    const before = tries.get(name) ?? [];
    const { retries = 0 } = plan.on?.[on] ?? {};
    const cause = heard.get(about);
    if (cause === undefined || keyOf(cause)?.includes(on) !== true)
      broken(`the command on ${on} runs because of ${cause?.type ?? 'nothing'}`);
    if (plan.on?.[on] === undefined) broken(`the plan has no command on ${on}`);
    if (attempt !== before.length + 1) broken(`try ${attempt} of ${name} comes after ${before.length}`);
    if (counted(before) > retries) broken(`${name} is tried once more than ${retries} times again`);
    if (!mayHelp(before.at(-1))) broken(`${name} is tried again after ${JSON.stringify(before.at(-1))}`);
    const other = running.get(on);
    if (other !== undefined) broken(`${name} begins while ${other} runs`);
    running.set(on, name);
    tries.set(name, [...before, { attempt, result: undefined }]);
  };

  const ends = (event: FactOf<'occasion-ended'>): void => {
    const name = nameOf(event);
    const last = tries.get(name)?.pop();
    if (last?.attempt !== event.attempt || last.result !== undefined)
      return broken(`try ${event.attempt} of ${name} ends, and did not run`);
    tries.get(name)?.push({ ...last, result: event.result });
    running.delete(event.on);
  };

  return {
    heard: (event: Event): void => {
      heard.set(event.seq, event);
      if (event.type === 'occasion-began') begins(event);
      if (event.type === 'occasion-ended') ends(event);
    },
    /** A command begins: it is told what it is about. */
    began: ({ environment }: CommandOrder): void => {
      const event = JSON.parse(environment['NACOS_ROLLOUT_EVENT'] ?? '') as Event;
      const told = JSON.parse(JSON.stringify(heard.get(event.seq) ?? null)) as Event | null;
      if (!isDeepStrictEqual(told, event)) broken(`a command is told of ${JSON.stringify(event)}`);
    },
    /** At the very end. */
    closes: (): void => {
      for (const [seq, event] of heard)
        for (const key of keyOf(event) ?? []) {
          const command = plan.on?.[key];
          if (command === undefined || isDoubtful(event)) continue;
          const all = tries.get(`${key} ${seq}`) ?? [];
          const isOver = !mayHelp(all.at(-1)) || counted(all) > (command.retries ?? 0);
          if (!isOver) broken(`the command on ${key} ran ${all.length} times for ${event.type} ${seq}`);
        }
    },
  };
}

/** The commands that may run because of an event. */
function keyOf(event: Event): readonly OccasionKey[] | undefined {
  switch (event.type) {
    case 'paused':
    case 'node-lost':
      return ['pause'];
    case 'gate-reached':
      return event.kind === 'person' ? ['pause'] : undefined;
    case 'gate-failed':
      return event.againInMs === undefined ? ['failure'] : undefined;
    case 'step-failed':
    case 'deploy-ended':
    case 'hook-ended':
      return ['failure'];
    case 'runner-rested':
      return ['stop'];
    case 'rollout-ended':
      return ['finish'];
    default:
      return undefined;
  }
}

/** Whether it failed for good only the engine can tell: it may be tried again by itself, or be of no account. */
function isDoubtful({ type }: Event): boolean {
  return type === 'deploy-ended' || type === 'hook-ended';
}

function mayHelp(last: Try | undefined): boolean {
  if (last === undefined) return true;
  const { result } = last;
  if (result?.kind === 'exited') return result.code !== 0;
  return result?.kind === 'timed-out' || result?.kind === 'never-began';
}
