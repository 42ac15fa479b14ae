import { stamp, stampMs } from '../text/stamp.ts';
import type { Deadline } from './limits.ts';

/** As a stamp. `from`: when the time began that it may be counted from. */
export function deadlineAt(deadline: Deadline, from: string): string {
  return 'at' in deadline ? deadline.at : stamp(stampMs(from) + deadline.afterMs);
}
