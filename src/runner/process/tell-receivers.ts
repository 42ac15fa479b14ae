import type { Receiver } from '../../core/notify/receiver.ts';
import { type Notice, isToldTo, unsettledFor } from '../../core/report/due-notices.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import type { World } from '../../world/world.ts';
import type { Runner } from '../engine/runner.ts';

/** What a runner that has nothing else to do still gives to those who are to be told. */
const lastWordsMs = 10_000;

/**
 * Tells the receivers of the plan, each in order and beside the rollout, which waits for none of them. `before`: what
 * stands in the journal; what nobody was told of that, as its runner was killed, is told first.
 */
export function tellReceivers(
  runner: Pick<Runner, 'rollout' | 'record' | 'follow'>,
  { notifier, clock }: Pick<World, 'notifier' | 'clock'>,
  before: readonly Notice[],
): { finish(): Promise<void>; stop(): void } {
  const receivers = planOf(runner.rollout()).notify?.to ?? [];
  if (notifier === undefined || receivers.length === 0)
    return { finish: () => Promise.resolve(), stop: () => undefined };
  const stopped = new AbortController();
  const queues = new Map<Receiver, Promise<void>>();
  const tell = async (receiver: Receiver, notice: Notice): Promise<void> => {
    const told = await notifier.tell(receiver, notice, stopped.signal);
    const about = { receiver: receiver.name, about: notice.event.seq };
    if (told.kind === 'sent') runner.record({ type: 'notification-sent', ...about, tries: told.tries });
    if (told.kind === 'failed')
      runner.record({ type: 'notification-failed', ...about, tries: told.tries, why: told.why });
  };
  const enqueue = (receiver: Receiver, notice: Notice): void => {
    const turn = (queues.get(receiver) ?? Promise.resolve()).then(() => tell(receiver, notice));
    queues.set(receiver, turn);
  };
  for (const receiver of receivers)
    for (const notice of unsettledFor(receiver, before)) enqueue(receiver, notice);
  const unfollow = runner.follow((event) => {
    const notice = { event, rollout: runner.rollout() };
    for (const receiver of receivers) if (isToldTo(receiver, notice)) enqueue(receiver, notice);
  });
  return {
    finish: async () => {
      unfollow();
      const all = Promise.all(queues.values());
      const over = new AbortController();
      await Promise.race([all, clock.sleep(lastWordsMs, over.signal)]);
      over.abort();
      stopped.abort();
      await all;
    },
    stop: () => {
      unfollow();
      stopped.abort();
    },
  };
}
