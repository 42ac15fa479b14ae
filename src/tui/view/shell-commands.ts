import { program } from '../../core/text/program.ts';
import type { Reached } from '../../core/registry/connection-spec.ts';
import { registrationsOff } from '../../core/report/left-off.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { defaultNamespace, endpointText } from '../../core/registry/service.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { fullName } from '../../core/registry/service-name.ts';
import type { Following } from '../model/following.ts';

/** The command lines that put on what a rollout left off, to be pasted; companions first, as they come back. */
export function enableCommands(rollout: Rollout): readonly string[] {
  const { reached } = rollout.planned;
  const off = registrationsOff(rollout).toReversed();
  return off.map((one) => {
    const words = ['enable', fullName(one), '--instance', endpointText(one), ...connectionFlags(reached)];
    return `${program} ${words.map(shellWord).join(' ')}`;
  });
}

function connectionFlags({ profile, servers, namespace }: Reached): readonly string[] {
  if (profile !== undefined) return ['--profile', profile];
  const named = namespace === defaultNamespace ? [] : ['--namespace', namespace];
  return [...servers.flatMap((server) => ['--server', server]), ...named];
}

/** What tells a rollout from beginning to end, in a shell. That of a sandbox lies with the sandbox, and goes with it. */
export function reportCommand({ id, directory }: Following, isSandbox: boolean): string {
  const home = directory.replace(/\/nacos-rollout\/rollouts\/[^/]+\/?$/, '');
  return `${isSandbox ? `XDG_STATE_HOME=${shellWord(home)} ` : ''}${program} report ${id}`;
}
