import { settle } from '../../../src/sandbox/registry/registry-state.ts';
import { register } from '../../../src/sandbox/registry/registry-writes.ts';
import { type SandboxServer, startSandboxServer } from '../../../src/sandbox/server.ts';
import { realClock } from '../../../src/world/clock.ts';
import { tellingSandbox } from '../../support/servers/telling-sandbox.ts';
import { crowdMetadata, crowdOf } from './crowd.ts';
import { type CrowdAnswer, isKind } from './crowded.ts';

// The sandbox with a crowd in it, in a process of its own: `KIND SERVICES INSTANCES [telling]`. Over IPC it says where it is, and
// then, each time that it is asked, what it has cost.
const [kind = '', services, instances, telling] = process.argv.slice(2);
if (!isKind(kind)) throw new Error(`no kind of sandbox: ${kind}`);

const open = telling === 'telling' ? tellingSandbox : startSandboxServer;
const server: SandboxServer = await open({ kind, clock: realClock });
const nowMs = realClock.monotonic();
const fields = { enabled: true, weight: 1, metadata: crowdMetadata, ephemeral: true };
for (const id of crowdOf({ services: Number(services), instances: Number(instances) }))
  register(server.state, id, fields, nowMs, `connection-${id.ip}`);
// The lists, which lag behind, would else be made when they are first asked for.
settle(server.state, nowMs + 1_000);

let counted = 0;
/** It keeps the last few thousand only. */
function count(): number {
  counted += (server.requests as string[]).splice(0).length;
  return counted;
}
setInterval(count, 200).unref();

process.on('message', () => {
  const answer: CrowdAnswer = { requests: count(), cpuMs: process.cpuUsage().user / 1_000 };
  process.send?.(answer);
});
process.on('disconnect', () => process.exit());
process.send?.({ url: server.url });
