import { type Lowered, type RegistrationState, type TargetState, isOffByUs } from './target-state.ts';

/** The least that Nacos keeps: it takes less for this. */
const leastWeight = 0.01;

/** The share of a weight with which it warms up, in hundredths; never 0, which would be nobody's. */
export function warmWeight(full: number, percent: number): number {
  return Math.max(leastWeight, Math.round(full * percent) / 100);
}

/** Whether less than `full` can be had: 0 is called by nobody, and stays. */
export function mayWarmUp(full: number, firstPercent: number): boolean {
  return full > 0 && warmWeight(full, firstPercent) < full;
}

/** On, with less weight than it had, because of us. */
export function isLowered({ mark }: RegistrationState): boolean {
  return mark === 'lowered';
}

export function isAnyLowered(target: TargetState): boolean {
  return target.registrations.some(isLowered);
}

/** It is on, and all that is ours about it is its weight. */
export function isOnlyLowered(target: TargetState): boolean {
  return isAnyLowered(target) && !isOffByUs(target);
}

/** Whether this weight is its own or one that we gave it; any other is somebody else's doing. */
export function isKnownWeight({ lowered }: RegistrationState, weight: number): boolean {
  return lowered === undefined || weight === lowered.full || lowered.written.includes(weight);
}

/**
 * Whether a later rollout answers for what a warm-up took of a weight: it knows of that and is at it, or every server node
 * has shown it on since with another weight than a part.
 */
export function answersFor(later: RegistrationState, { written }: Lowered, isSince: boolean): boolean {
  const { mark, lowered, readBackWeight } = later;
  if (mark !== 'untouched' && lowered !== undefined) return !written.includes(lowered.full);
  return isSince && readBackWeight !== undefined && !written.includes(readBackWeight);
}
