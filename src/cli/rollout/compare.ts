import { compareWithNacos } from '../../runner/registry/compare-with-nacos.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { askHidden } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { sayingSilence } from '../io/say-silence.ts';

export type Compared = { readonly isDifferent: boolean; readonly typedPassword: string | undefined };

/** Says where Nacos and the journal do not agree, before anything is carried on. Asks for a password where one is needed. */
export async function compare(
  cli: Cli,
  ports: CommandPorts,
  { rollout }: OpenRollout,
): Promise<Compared | 'interrupted'> {
  const { output, words } = cli;
  const { reached } = rollout.planned;
  let typedPassword: string | undefined;
  if (reached.username !== undefined && reached.passwordFrom === undefined) {
    if (!cli.input.isTerminal) return { isDifferent: false, typedPassword };
    typedPassword = await askHidden(cli, words.cli.passwordPrompt(reached.username));
    if (typedPassword === undefined) return 'interrupted';
  }
  const answer = await ports.connect(reached, typedPassword, sayingSilence(cli, ports.clock));
  if (!answer.ok) {
    const { error } = answer;
    const sentence =
      error.kind === 'secret' ? words.failures.secret(error.detail) : words.failures.registryError(error);
    output.talk(words.cli.compared.notCompared(sentence));
    return { isDifferent: false, typedPassword };
  }
  const { registry } = answer.value;
  const differences = await compareWithNacos(registry, rollout);
  await registry.close();
  if (differences.length === 0) output.talk(words.cli.compared.same);
  else
    output.talk(
      words.cli.compared.differs,
      ...differences.map((difference) => `  ${words.failures.difference(difference)}`),
    );
  return { isDifferent: differences.length > 0, typedPassword };
}
