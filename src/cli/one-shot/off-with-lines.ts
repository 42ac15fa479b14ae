import { companionsMax } from '../../core/planning/companion-notes.ts';
import { enableCommands } from '../../core/registry/enable-command.ts';
import { type InstanceId, endpointText } from '../../core/registry/service.ts';
import { fullName } from '../../core/registry/service-name.ts';
import type { Cli } from '../io/command-ports.ts';

/** Each with the command that puts it on; of very many, where they are listed. `connection`: the flags that reach its Nacos. */
export function offWithLines(
  { words: { cli: say } }: Cli,
  off: readonly InstanceId[],
  connection: readonly string[],
): readonly string[] {
  const named = enableCommands(off, connection).slice(0, companionsMax);
  const more = off.length - named.length;
  return [
    ...named.map(({ instance, command }) =>
      say.offWith(`${fullName(instance)} ${endpointText(instance)}`, command),
    ),
    ...(more > 0 ? [say.moreOffWith(more)] : []),
  ];
}
