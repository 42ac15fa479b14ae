import type { Panes } from '../../components/panes.ts';
import { livePath } from '../../keys/log-path.ts';
import type { Following } from '../../model/following.ts';
import type { Model } from '../../model/model.ts';
import { consumersLines } from './rollout-consumers.ts';
import { happenedLines } from './rollout-events.ts';
import { outputLines } from './rollout-log.ts';
import { progressLines } from './rollout-progress.ts';
import { timelineLines } from './rollout-timeline.ts';

/** The panes of the rollout screen. */
export function rolloutPanes(model: Model, following: Following): Panes {
  return {
    targets: { from: 'list', lines: (paint) => progressLines(model, following, paint) },
    timeline: { from: 'list', lines: (paint) => timelineLines(model, following, paint) },
    consumers: { from: 'top', lines: (paint) => consumersLines(model, following, paint) },
    happened: { from: 'end', lines: (paint) => happenedLines(following, paint) },
    output: { from: 'end', lines: (paint) => outputLines(following, livePath(model), paint) },
  };
}
