import { evidenceOf } from '../drain/evidence-file.ts';
import { type CommandFile, defaultWaitMs } from '../hooks/command.ts';
import { type HooksFile, hookTimeoutMs } from '../hooks/hook.ts';
import type { FileDrain } from '../plan/drain-file.ts';
import { drainOf } from '../plan/drain-settings.ts';
import type { PlanFile, PlanFileService } from '../plan/plan-file.ts';
import { builtInZoneMinimum } from '../batches/zones.ts';
import { builtIn } from '../plan/plan-settings.ts';
import { formatDuration } from '../text/duration.ts';
import type { Leaf } from './leaves.ts';

type Defaults = NonNullable<PlanFile['defaults']>;

/** What of a setting nobody says, and holds all the same. `said`: what somebody says of it. */
export function builtInParts(
  setting: keyof Defaults,
  said: Defaults[keyof Defaults],
  { hosts }: Pick<PlanFileService, 'hosts'>,
): readonly Leaf[] {
  const all = partsOf(setting, said, hosts !== undefined);
  const written = typeof said === 'object' ? Object.keys(said) : [];
  return Object.entries(all)
    .filter(([key]) => !written.includes(key))
    .map(([key, value]) => ({ setting: key === '' ? setting : `${setting}.${key}`, value: String(value) }));
}

type Parts = Readonly<Record<string, string | number | boolean>>;

function partsOf(setting: keyof Defaults, said: Defaults[keyof Defaults], isMachine: boolean): Parts {
  const {
    checkSuccesses: successes,
    checkWithinMs,
    machineWithinMs,
    deployTimeoutMs,
    callTimeoutMs,
  } = builtIn;
  const patience = { successes, within: formatDuration(checkWithinMs) };
  const isCommand = typeof said === 'object' && ('run' in said || 'argv' in said);
  switch (setting) {
    case 'drain':
      return drainParts(said as FileDrain | undefined);
    case 'deploy':
    case 'rollback':
      return said === undefined ? {} : commandParts(said as CommandFile, deployTimeoutMs);
    case 'hooks':
      return hookParts(said as HooksFile | undefined);
    case 'leave':
    case 'back':
      return isCommand ? { timeout: formatDuration(callTimeoutMs) } : {};
    case 'check':
      if (said === 'none') return { within: patience.within };
      if (said !== undefined) return patience;
      return { '': 'tcp', ...patience, ...(isMachine && { within: formatDuration(machineWithinMs) }) };
    case 'warmUp':
      return said === undefined
        ? {}
        : { steps: `[${builtIn.warmUpPercents.map((one) => `${one}%`).join(', ')}]` };
    case 'identity':
      return said === undefined ? { '': 'address' } : {};
    case 'minimum':
    case 'drainAhead':
    case 'batch':
      return said === undefined ? { '': builtIn[setting] } : {};
    case 'zones':
      return said === undefined ? {} : { minimum: builtInZoneMinimum, oneAtATime: 'true' };
    case 'companions':
    case 'soak':
    case 'match':
      return {};
  }
}

function commandParts({ retries }: CommandFile, timeoutMs: number): Parts {
  const waited = retries === undefined ? {} : { wait: formatDuration(defaultWaitMs) };
  return { timeout: formatDuration(timeoutMs), ...waited };
}

function hookParts(said: HooksFile | undefined): Parts {
  const all = Object.entries(said ?? {}).flatMap(([key, hook]) => {
    if (hook === undefined) return [];
    const parts = { ...commandParts(hook, hookTimeoutMs), onFailure: 'ask' };
    return Object.entries(parts)
      .filter(([part]) => !(part in hook))
      .map(([part, value]) => [`${key}.${part}`, value] as const);
  });
  return Object.fromEntries(all);
}

function drainParts(said: FileDrain | undefined): Parts {
  const { consumers, watch } = drainOf(said);
  const isPreset = said?.consumers === undefined && consumers !== undefined;
  // Without evidence a lone floor is the time.
  const isTime = said?.floor !== undefined && evidenceOf(said.evidence).length === 0;
  return {
    ...(isPreset && !isTime && { consumers }),
    ...(watch && {
      floor: formatDuration(watch.floorMs),
      ceiling: formatDuration(watch.ceilingMs),
      certainty: watch.certainty,
    }),
  };
}
