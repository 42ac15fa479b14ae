import type { Target } from './target.ts';
import { evidenceTargets } from './targets/evidence.ts';
import { files } from './targets/files.ts';
import { lines } from './targets/lines.ts';
import { replies } from './targets/replies.ts';
import { texts } from './targets/texts.ts';

/** Everything that reads what somebody else wrote. */
export const targets: readonly Target[] = [...replies, ...files, ...lines, ...evidenceTargets, ...texts];
