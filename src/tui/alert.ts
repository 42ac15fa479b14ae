import { visible } from '../core/text/visible.ts';
import type { AlertKind, Model } from './model/model.ts';
import type { Store } from './store.ts';

/** Calls whenever a rollout that this console answers for begins to wait for a decision. Returns a way to stop. */
export function alertOn(
  store: Pick<Store, 'model' | 'subscribe'>,
  kind: AlertKind,
  { say, write }: { readonly say: (what: string) => string; readonly write: (bytes: string) => void },
): () => void {
  let before: Wanted | undefined;
  return store.subscribe(() => {
    const now = wantedOf(store.model());
    // What waited when one came is on the screen already.
    const isSame = before === undefined || now === undefined || before.rollout !== now.rollout;
    const fresh = isSame ? [] : now.of.filter((one) => !before?.of.includes(one));
    before = now;
    if (fresh.length > 0) write(sequence(kind, say(fresh.join(', '))));
  });
}

type Wanted = { readonly rollout: string; readonly of: readonly string[] };

function wantedOf({ following }: Model): Wanted | undefined {
  if (following === undefined || !following.hasCaughtUp || !following.mayDecide) return undefined;
  const { id, stuckSinceMs, gateSince } = following;
  return {
    rollout: id,
    of: [...Object.keys(stuckSinceMs), ...(gateSince === undefined ? [] : [gateSince.question])],
  };
}

/** What ends or parts such a sequence cannot come out of a name. */
function sequence(kind: AlertKind, text: string): string {
  const plain = visible(text).replaceAll(';', ',');
  if (kind === 'bell') return '\x07';
  return kind === 'osc9' ? `\x1b]9;${plain}\x07` : `\x1b]777;notify;nacos-rollout;${plain}\x07`;
}
