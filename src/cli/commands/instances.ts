import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Listed } from '../../core/registry/listed.ts';
import { type Instance, type ServiceId, endpointText } from '../../core/registry/service.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import type { Words } from '../../i18n/words.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Answer, Registry } from '../../world/registry.ts';
import { whyServiceMissing } from '../../world/why-missing.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import { connect } from '../io/connect.ts';
import { table } from '../io/table.ts';
import { unreadableJson } from '../io/unreadable-json.ts';
import { typedService } from '../plan/typed-service.ts';

export async function instances(
  cli: Cli,
  flags: ConnectionFlags & { readonly json?: boolean },
  service: string,
): Promise<number> {
  const typed = typedService(service, flags.group, cli.words.cli);
  if (!typed.ok) return refuseUsage(cli, typed.sentence);
  const reached = await connect(cli, flags);
  if (!reached.ok) return reached.code;
  const { registry, spec } = reached.connected;
  const id = { namespace: spec.namespace, group: reached.group, ...typed.value };
  const answer = await listedOf(registry, id);
  await registry.close();
  if (!answer.ok) return refuseRegistry(cli, answer.error);
  const { items, unreadable } = answer.value;
  const { output, words } = cli;
  if (flags.json) output.json([...items, ...unreadable.map(unreadableJson)]);
  else if (items.length + unreadable.length === 0) output.talk(words.cli.noInstances(service));
  else output.data(...rows(answer.value, words));
  return exitCodes.done;
}

async function listedOf(registry: Registry, id: ServiceId): Promise<Answer<Listed<Instance>>> {
  const answer = await registry.instances(id);
  if (!answer.ok) return answer;
  const { value } = answer;
  return value === undefined
    ? { ok: false, error: await whyServiceMissing(registry, id) }
    : { ok: true, value };
}

function rows({ items, unreadable }: Listed<Instance>, words: Words): readonly string[] {
  const { instance, cluster, weight, state, metadata } = words.cli.table;
  return table([
    [instance, cluster, weight, state, metadata],
    ...items.map((one) => [
      endpointText(one),
      one.cluster,
      String(one.weight),
      stateOf(one, words.cli),
      Object.entries(one.metadata)
        .map(([key, value]) => `${key}=${value}`)
        .join(' '),
    ]),
    ...unreadable.map((record) => [
      words.failures.whichUnreadable(record),
      record.cluster ?? '?',
      '?',
      words.cli.table.unreadable,
      words.failures.unread(record),
    ]),
  ]);
}

function stateOf(instance: Instance, words: CliWords): string {
  if (!instance.enabled) return words.table.off;
  return instance.healthy ? words.table.on : words.table.ill;
}
