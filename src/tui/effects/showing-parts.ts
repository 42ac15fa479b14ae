import { joinedLists, type Listed } from '../../core/registry/listed.ts';
import type { ServiceSummary } from '../../core/registry/service.ts';
import type { Session } from './session.ts';

/** Each time that a part is shown, all that has come is sorted and drawn; nobody reads faster than this. */
const everyMs = 250;

/** Shows the first page of a list as soon as it is there, and what comes after it now and then. */
export function showingParts(
  { dispatch, ports: { clock } }: Session,
  namespace: string,
): (part: Listed<ServiceSummary>, total: number) => void {
  let held: Listed<ServiceSummary>[] = [];
  let shownAtMs = -Infinity;
  return (part, total) => {
    held.push(part);
    if (clock.monotonic() - shownAtMs < everyMs) return;
    dispatch({ type: 'services-came', namespace, part: joinedLists(held), total });
    held = [];
    shownAtMs = clock.monotonic();
  };
}
