import type { Model } from '../model.ts';
import { pointedTarget } from '../may.ts';

/** Where the output of the pointed target's command lies, once it began. */
export function logPath(model: Model): string | undefined {
  const { following } = model;
  const directory = pointedTarget(model)?.deploy?.directory;
  return following === undefined || directory === undefined
    ? undefined
    : `${following.directory}/${directory}/output.log`;
}
