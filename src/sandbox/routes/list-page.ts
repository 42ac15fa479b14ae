import { type Faults, strikes } from '../registry/faults.ts';
import { type SandboxRequest, wholeNumber } from './sandbox-request.ts';

/** The page of a list that was asked for; the first one where none was. */
export function listPage<T>(
  items: readonly T[],
  request: SandboxRequest,
  usualSize: number,
  faults: Faults,
): readonly T[] {
  const pageNo = wholeNumber(request, 'pageNo', 1);
  const asked = wholeNumber(request, 'pageSize', usualSize);
  const size = faults.longestPage === 0 ? asked : Math.min(asked, faults.longestPage);
  const inOrder = pageNo > 1 && strikes(faults, 'turnedPages') ? items.toReversed() : items;
  return inOrder.slice((pageNo - 1) * size, pageNo * size);
}
