import type { ServerInfo, ServerTraits } from '../../world/registry.ts';

/** Nacos 2 and 3 keep what an operator set, in Raft, for a minute after the instance went. */
const raftTraits: ServerTraits = {
  remembersMs: 60_000,
  isHidingDisabled: false,
  mayMarkAbsent: true,
  needsJavaAgent: false,
  isLeaderKnown: true,
};

const oldTraits: ServerTraits = {
  remembersMs: 0,
  isHidingDisabled: false,
  mayMarkAbsent: false,
  needsJavaAgent: true,
  isLeaderKnown: false,
};

const rTraits: ServerTraits = { ...oldTraits, isHidingDisabled: true, needsJavaAgent: false };

export const unknownVersion = 'unknown';

/** A Nacos by its version; without one, by whether it has the v2 paths that came with 2.0. */
export function nacosInfo(version: string, dialect: 'v1' | 'v3', hasV2: boolean): ServerInfo {
  const major = /^v?(\d+)\./.exec(version)?.[1];
  const isOld = dialect === 'v1' && (major === undefined ? !hasV2 : Number(major) < 2);
  return { product: 'nacos', version, dialect, traits: isOld ? oldTraits : raftTraits };
}

export const rNacosInfo: ServerInfo = {
  product: 'r-nacos',
  version: unknownVersion,
  dialect: 'v1',
  traits: rTraits,
};
