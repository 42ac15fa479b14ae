import type { Listed } from '../../core/registry/listed.ts';
import { type Plan, registrationId, touchedServices } from '../../core/plan/plan.ts';
import { endpointText, parseEndpoint } from '../../core/registry/service.ts';
import type { Registry, RequestText, ServerInfo, ServerNode } from '../../world/registry.ts';
import type { Finding } from './review.ts';
import { shortName } from '../../core/registry/service-name.ts';

export type ServerReview = {
  readonly info: ServerInfo | undefined;
  readonly nodes: readonly string[];
  readonly findings: readonly Finding[];
};

/** Who answers, whether writes can be applied, and whether they may be ours. */
export async function reviewServer(registry: Registry, plan: Plan): Promise<ServerReview> {
  const server = await registry.server();
  if (!server.ok)
    return {
      info: undefined,
      nodes: [],
      findings: [{ level: 'refused', kind: 'registry', error: server.error }],
    };
  const settled = await settleNodes(registry, plan);
  const members = await registry.nodes();
  const findings: Finding[] = [
    {
      level: 'good',
      kind: 'reached',
      version: server.value.version,
      dialect: server.value.dialect,
      nodes: settled.nodes.length,
    },
    ...settled.findings,
    ...(members.ok ? reviewMembers(registry, members.value, server.value) : []),
  ];
  // A permission is tried only where it would be used.
  const isRefused = findings.some(({ level }) => level === 'refused');
  if (!isRefused) findings.push(...(await reviewPermission(registry, plan)));
  return { info: server.value, nodes: settled.nodes, findings };
}

/** The nodes that answer now are the ones that count; the others are named. */
async function settleNodes(
  registry: Registry,
  plan: Plan,
): Promise<{ readonly nodes: readonly string[]; readonly findings: readonly Finding[] }> {
  const [service] = touchedServices(plan);
  if (service === undefined) return { nodes: [], findings: [] };
  const asked = await Promise.all(
    registry.nodeAddresses.map(async (node) => ({
      node,
      answer: await registry.instances(service, { node }),
    })),
  );
  const nodes = asked.filter(({ answer }) => answer.ok).map(({ node }) => node);
  const level = nodes.length === 0 ? 'refused' : 'warning';
  const findings = asked.flatMap(({ node, answer }): readonly Finding[] =>
    answer.ok ? [] : [{ level, kind: 'node-silent', node, error: answer.error }],
  );
  return { nodes, findings };
}

function reviewMembers(
  registry: Registry,
  { items: members, unreadable }: Listed<ServerNode>,
  info: ServerInfo,
): readonly Finding[] {
  const known = registry.nodeAddresses.map(hostAndPort);
  // Through one address there may be a load balancer in front of all: then no member goes by the name we know.
  const unknown =
    members.length + unreadable.length < 2
      ? []
      : members.filter((member) => !known.includes(spelledOnce(member.address)));
  const strangers: readonly Finding[] = [
    ...unknown.map(({ address }) => ({ level: 'warning', kind: 'node-not-accepted', address }) as const),
    ...unreadable.map((record) => ({ level: 'warning', kind: 'member-unreadable', record }) as const),
  ];
  if (!info.traits.isLeaderKnown) return strangers;
  const isThere = members.some((member) => member.leader !== undefined);
  return [{ level: isThere ? 'good' : 'refused', kind: 'leader', isThere, isKnown: true }, ...strangers];
}

function hostAndPort(address: string): string {
  return spelledOnce(address.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
}

/** Servers spell their own addresses as they like. */
function spelledOnce(address: string): string {
  const endpoint = parseEndpoint(address);
  return (endpoint === undefined ? address : endpointText(endpoint)).toLowerCase();
}

async function reviewPermission(registry: Registry, plan: Plan): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const registration of touchedServices(plan)) {
    const id = registrationId(registration);
    const answer = await registry.mayWrite(id);
    // One is enough to refuse, and a silent server takes its time for each.
    if (!answer.ok) return [...findings, { level: 'refused', kind: 'registry', error: answer.error }];
    findings.push(permission(answer.value, shortName(registration), registry.trialOf?.(id)));
  }
  return findings;
}

function permission(may: 'yes' | 'no' | 'unknown', service: string, trial: RequestText | undefined): Finding {
  const level = may === 'yes' ? 'good' : may === 'no' ? 'refused' : 'warning';
  return { level, kind: 'permission', may, service, ...(trial && may !== 'unknown' && { trial }) };
}
