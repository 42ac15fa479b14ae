import type { ServerInfo, ServerTraits } from '../../world/registry.ts';

/** Nacos 2 and 3 keep what an operator set, in Raft, for a minute after the instance went. */
const raftTraits: ServerTraits = {
  remembersMs: 60_000,
  isHidingDisabled: false,
  mayMarkAbsent: true,
  needsJavaAgent: false,
  keepsEveryWeight: true,
  isLeaderKnown: true,
  hasV1Client: true,
};

const oldTraits: ServerTraits = {
  remembersMs: 0,
  isHidingDisabled: false,
  mayMarkAbsent: false,
  needsJavaAgent: true,
  keepsEveryWeight: true,
  isLeaderKnown: false,
  hasV1Client: true,
};

const rTraits: ServerTraits = {
  ...oldTraits,
  isHidingDisabled: true,
  needsJavaAgent: false,
  keepsEveryWeight: false,
};

export const unknownVersion = 'unknown';

/** A Nacos by its version; without one, by whether it has the v2 paths that came with 2.0. */
export function nacosInfo(version: string, dialect: 'v1' | 'v3', hasV2: boolean): ServerInfo {
  const [, majorText, minorText] = /^v?(\d+)\.(\d+)?/.exec(version) ?? [];
  const major = majorText === undefined ? undefined : Number(majorText);
  const isOld = dialect === 'v1' && (major === undefined ? !hasV2 : major < 2);
  if (isOld) return { product: 'nacos', version, dialect, traits: oldTraits };
  // 3.2.0 took v1 and v2 out; who has a profile that says v1 has put them in again.
  const isAfterV1 = major !== undefined && (major > 3 || (major === 3 && Number(minorText ?? 0) >= 2));
  const hasV1Client = dialect === 'v1' || !isAfterV1;
  return { product: 'nacos', version, dialect, traits: { ...raftTraits, hasV1Client } };
}

export const rNacosInfo: ServerInfo = {
  product: 'r-nacos',
  version: unknownVersion,
  dialect: 'v1',
  traits: rTraits,
};
