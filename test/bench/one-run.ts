import { loadavg } from 'node:os';
import type { Event } from '../../src/core/event/event.ts';
import { until } from '../support/time/until.ts';
import { carryOut, floorOf, type Method } from './methods/methods.ts';
import { measure } from './results/measure.ts';
import type { RunResult } from './results/run-result.ts';
import type { Fleet } from './stage/fleet.ts';
import { type GatewayKind, gatewayKinds } from './stage/gateways.ts';
import type { Load } from './stage/load.ts';
import { putRight, registered } from './stage/registered.ts';

/** Calls that come late, and their errors, belong to the run. */
const tailMs = 5_000;
const steadyMs = 10_000;
const steadyWithinMs = 300_000;
/** Spreads numbers over 0 to 1 so that no two are near. */
const goldenRatio = 0.618_033_988_75;

export type Stage = {
  /** The address of Nacos. */
  readonly url: string;
  readonly service: string;
  readonly directory: string;
  readonly fleet: Fleet;
  readonly kind: GatewayKind;
  readonly load: Load;
};

/** One method behind one gateway, once: from a state that is the same for all of them to what it was like. */
export async function oneRun(
  stage: Stage,
  method: Method,
  run: number,
): Promise<{ readonly result: RunResult; readonly events: readonly Event[] }> {
  const { url, service, directory, fleet, kind, load } = stage;
  await putRight({ url, service }, fleet.ports);
  await becomeSteady(stage, run);
  fleet.takeDeploys();
  const began = Date.now();
  load.forgetBefore(began);
  const place = { url, service, ports: fleet.ports, redeploy: fleet.url, directory };
  const { code, marks, words, events } = await carryOut(method, place);
  const ended = Date.now();
  if (code !== 0) console.log(words.trim());
  await pause(tailMs);
  const last = Date.now();
  await until(() => load.isDoneBefore(last));
  const calls = load.since(began).filter(({ at }) => at < last);
  const listed = await registered({ url, service });
  const result: RunResult = {
    gateway: kind,
    method,
    run,
    at: new Date(began).toISOString(),
    exitCode: code,
    ...measure({ calls, marks, deploys: fleet.takeDeploys(), began, ended, floorMs: floorOf(method) }),
    weights: listed.map((one) => one.weight),
    isAllOn: listed.length === fleet.ports.length && listed.every((one) => one.enabled),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
  return { result, events };
}

/**
 * Until the gateway calls all instances and loses nothing. Then the list that it keeps is fresh; so that not every run
 * begins with a fresh one, it gets older by another part of its time in each.
 */
async function becomeSteady({ fleet, kind, load }: Stage, run: number): Promise<void> {
  const deadline = performance.now() + steadyWithinMs;
  await until(() => {
    if (performance.now() > deadline)
      throw new Error(`the ${kind} gateway did not come to call all instances`);
    const recent = load.since(Date.now() - steadyMs);
    const late = load.since(Date.now() - 2_000);
    return (
      recent.length > 0 &&
      recent.every(({ outcome }) => outcome === 'ok') &&
      fleet.pids().every((wanted) => late.some(({ pid }) => pid === wanted))
    );
  }, 500);
  await pause(steadyMs + ((run * goldenRatio) % 1) * gatewayKinds[kind].cacheSeconds * 1_000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
