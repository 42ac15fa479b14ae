import { commandText } from '../text/command-text.ts';
import { program } from '../text/program.ts';
import { type InstanceId, endpointText } from './service.ts';
import { fullName } from './service-name.ts';

/** What puts an instance on, as it is typed; `connection`: the flags that reach its Nacos. */
export function enableCommand(instance: InstanceId, connection: readonly string[]): string {
  const argv = ['enable', fullName(instance), '--instance', endpointText(instance), ...connection];
  return `${program} ${commandText({ argv })}`;
}

/**
 * What puts on all that is off, listed as it went: a companion comes back before what it accompanies, which serves as
 * soon as it is on. They are pasted in this order.
 */
export function enableCommands(
  off: readonly InstanceId[],
  connection: readonly string[],
): readonly { readonly instance: InstanceId; readonly command: string }[] {
  return off.toReversed().map((instance) => ({ instance, command: enableCommand(instance, connection) }));
}
