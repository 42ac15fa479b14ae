import { serviceKey, type ServiceId } from '../../../src/core/registry/service.ts';
import { consumerView } from '../../../src/sandbox/registry/registry-views.ts';
import { settle } from '../../../src/sandbox/registry/registry-state.ts';
import { type SandboxOptions, type SandboxServer, startSandboxServer } from '../../../src/sandbox/server.ts';
import { fine, messageBytes, scriptedGrpc, serviceInfo } from './scripted-grpc.ts';

const lookEveryMs = 20;

/** A sandbox that tells its consumers over gRPC, on its port + 1000, as soon as its lists show something else. */
export async function tellingSandbox(options: SandboxOptions): Promise<SandboxServer> {
  const followed = new Map<string, { readonly id: ServiceId; text: string }>();
  const hostsOf = (id: ServiceId): readonly unknown[] => {
    if (server === undefined) return [];
    settle(server.state, options.clock.monotonic());
    return consumerView(server.state, id, { clusters: [], isHealthyOnly: false }).hosts;
  };
  const grpc = await scriptedGrpc(({ type, body }) => {
    if (type !== 'SubscribeServiceRequest') return undefined;
    const id = {
      namespace: String(body['namespace']),
      group: String(body['groupName']),
      service: String(body['serviceName']),
    };
    const hosts = hostsOf(id);
    followed.set(serviceKey(id), { id, text: JSON.stringify(hosts) });
    return messageBytes('SubscribeServiceResponse', { ...fine, serviceInfo: serviceInfo(id.service, hosts) });
  });
  const server = await startSandboxServer({ ...options, port: grpc.port - 1000 }).catch(() => undefined);
  if (server === undefined) {
    // Somebody else has that port.
    grpc.stop();
    return tellingSandbox(options);
  }
  const closed = new AbortController();
  const tell = async (): Promise<void> => {
    while (!closed.signal.aborted) {
      for (const one of followed.values()) {
        const hosts = hostsOf(one.id);
        const text = JSON.stringify(hosts);
        if (text === one.text) continue;
        one.text = text;
        grpc.say(
          messageBytes('NotifySubscriberRequest', { serviceInfo: serviceInfo(one.id.service, hosts) }),
        );
      }
      await options.clock.sleep(lookEveryMs, closed.signal);
    }
  };
  void tell();
  return {
    ...server,
    close: async () => {
      closed.abort();
      grpc.stop();
      await server.close();
    },
  };
}
