import type { ServerInfo, InstanceWrite, ReadOptions, WriteOutcome } from '../world/registry.ts';
import { endpointText } from '../core/registry/service.ts';
import type { Client } from './http/client.ts';
import type { Dialect } from './wire/dialect.ts';
import { readReply } from './http/reply-text.ts';
import type { Sent } from './http/with-token.ts';
import { notAddressable } from './wire/named-service.ts';

type Server = { readonly info: ServerInfo; readonly dialect: Dialect };

function outcomeOf(sent: Sent): WriteOutcome {
  if (!sent.ok) return { kind: sent.isUnknown ? 'unknown' : 'refused', error: sent.error };
  const text = readReply(sent.value);
  const isSaidOk = sent.value.body.trim() === 'ok' || text.code === 0;
  if (isSaidOk) return { kind: 'accepted' };
  const { path } = sent.value;
  return {
    kind: 'unknown',
    error: { kind: 'unreadable', path, detail: `an update answered: ${text.words}` },
  };
}

/** Updates `enabled` and weight of one instance, and says honestly what is known of it afterwards. */
export async function writeWith(
  client: Client,
  { info, dialect }: Server,
  write: InstanceWrite,
  options: ReadOptions,
): Promise<WriteOutcome> {
  const instance = endpointText(write.instance);
  if (!dialect.mayName(write.instance)) return { kind: 'refused', error: notAddressable(write.instance) };
  const missing: WriteOutcome = { kind: 'refused', error: { kind: 'instance-missing', instance } };
  if (write.mode === 'absent' && !info.traits.mayMarkAbsent) return missing;
  if (info.product === 'r-nacos') {
    // It would make an instance of whatever it is told to update, or move one to another cluster.
    const there = await dialect.detail(write.instance, options);
    if (!there.ok) return { kind: 'refused', error: there.error };
    const [listed] = there.value.items;
    if (listed?.cluster !== write.instance.cluster) return missing;
  }
  const outcome = outcomeOf(await client.send(dialect.writeRequest(write), options));
  if (outcome.kind === 'refused' && outcome.error.kind === 'instance-missing') return missing;
  return outcome;
}
