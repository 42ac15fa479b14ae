import type { Reached } from '../../core/registry/connection-spec.ts';
import { type Rollout, offByUs, targetOf } from '../../core/rollout/rollout.ts';
import { defaultNamespace, endpointText } from '../../core/registry/service.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** The command lines that put on what a rollout left off, to be pasted; companions first, as they come back. */
export function enableCommands(rollout: Rollout): readonly string[] {
  const { reached } = rollout.planned;
  const off = offByUs(rollout).toReversed();
  return off.flatMap(({ target, registration }) => {
    const found = targetOf(rollout, target.name).registrations[registration];
    if (found === undefined) return [];
    const words = ['nacos-rollout', 'enable', fullName(found), '--instance', endpointText(found)];
    return [[...words, ...connectionFlags(reached)].map(shellWord).join(' ')];
  });
}

function connectionFlags({ profile, servers, namespace }: Reached): readonly string[] {
  if (profile !== undefined) return ['--profile', profile];
  const named = namespace === defaultNamespace ? [] : ['--namespace', namespace];
  return [...servers.flatMap((server) => ['--server', server]), ...named];
}
