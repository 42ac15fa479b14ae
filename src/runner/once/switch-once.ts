import type { Fact, FactOf } from '../../core/event/event.ts';
import type { Failure } from '../../core/event/failure.ts';
import { exitCodeOfFailure, exitCodes } from '../../core/rollout/outcome.ts';
import { mayTakeOff } from '../../core/rollout/guard.ts';
import type { ServiceView } from '../../core/rollout/service-view.ts';
import { type Registration, registrationId } from '../../core/plan/plan.ts';
import { endpointText, isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { readGuardViews } from '../context/guard-views.ts';
import { readNodes } from '../context/node-views.ts';
import { firstOther, readBack } from '../registry/read-back-once.ts';
import { askOnce } from './ask-once.ts';
import { bringAll, putBack } from './bring-once.ts';
import {
  type Failed,
  type Spelled,
  type SwitchOutcome,
  type SwitchRequest,
  record,
} from './switch-request.ts';

/** Puts one target on or takes it off, once, with no rollout around it: guarded, all or nothing, and read back. */
export async function switchOnce(request: SwitchRequest): Promise<SwitchOutcome> {
  const { registry, clock, plan, target, enabled } = request;
  const began = clock.monotonic();
  const untouched = (failure: Failure): SwitchOutcome => ({
    ok: false,
    failure,
    hasWritten: false,
    mayBeOff: [],
  });
  const [guarded, clients] = await Promise.all([
    readGuardViews(registry, registry.nodeAddresses, target.registrations),
    enabled ? {} : clientsBehind(request),
  ]);
  if (!guarded.ok) return untouched({ kind: 'registry', error: guarded.error });
  const isDue = ({ wasEnabled, parts }: Registration): boolean =>
    wasEnabled !== enabled || (enabled && parts !== undefined);
  const due = target.registrations.flatMap((registration, index) =>
    isDue(registration)
      ? spelledAsListed(registration, guarded.views).map((one) => ({ registration: one, index }))
      : [],
  );
  // The plan was made of what one server node lists.
  const other = await readBack(
    request,
    target.registrations.filter((one) => !isDue(one)),
    enabled,
  );
  if (other !== undefined) return untouched(other);
  if (due.length === 0) return { ok: true, ms: 0, wasAlready: true };
  if (!enabled) {
    const verdict = mayTakeOff(plan, target, [], guarded.views);
    if (verdict.kind === 'refused') return untouched({ kind: 'refused', refusals: verdict.refusals });
    record(request, { type: 'disable-began', target: target.name, attempt: 1, ...clients });
    record(request, { type: 'forecast', target: target.name, isGo: true, services: verdict.forecast });
  }
  const outcome = await takenOrBrought(request, due);
  const ms = Math.round(clock.monotonic() - began);
  noteEnd(request, ms, outcome);
  return outcome === undefined ? { ok: true, ms, wasAlready: false } : outcome;
}

/** By them whoever puts it on again knows whether its process was restarted. */
async function clientsBehind({
  registry,
  target,
}: SwitchRequest): Promise<Pick<FactOf<'disable-began'>, 'clients' | 'companionClients'>> {
  const asked = await Promise.all(
    target.registrations.map(async (one) => await registry.clientsOf?.(registrationId(one))),
  );
  const [main = [], ...companions] = asked.map((answer) => (answer?.ok === true ? (answer.value ?? []) : []));
  const companionClients = companions
    .map((clients, index) => ({ registration: index + 1, clients }))
    .filter(({ clients }) => clients.length > 0);
  return {
    ...(main.length > 0 && { clients: main }),
    ...(companionClients.length > 0 && { companionClients }),
  };
}

const nothingTouched = { ok: true, touched: [] } as const;

/** An application that does not leave, though it was asked to, is put back: nothing is half done. */
async function takenOrBrought(request: SwitchRequest, due: readonly Spelled[]): Promise<Failed | undefined> {
  const { enabled, target, ask } = request;
  const leave = enabled || ask === undefined ? undefined : target.leave;
  const brought = leave?.isInstead === true ? nothingTouched : await bringAll(request, due);
  if (!brought.ok) return brought.failed;
  if (ask === undefined || leave === undefined) return undefined;
  const { clock } = request;
  const noted = { clock, record: (fact: Fact): void => record(request, fact) };
  const leaving = target.registrations.filter((one) => one.wasEnabled);
  const unheard = await askOnce(ask, leave.call, target, 'leave', noted);
  // Whose answer was lost may have heard, and be on its way out.
  const isOver = unheard !== undefined && !isLost(unheard);
  const staying = isOver ? unheard : await readBack(request, leaving, false);
  const why = unheard ?? staying;
  if (why === undefined) return undefined;
  const { touched } = brought;
  const isTouched = (one: Registration): boolean =>
    touched.some(({ index }) => target.registrations[index] === one);
  const notPutBack = await putBack(request, touched);
  const others = leaving.filter((one) => !isTouched(one));
  const mayBeOff = [...notPutBack, ...(await notOn(request, others))];
  return { ok: false, failure: why, hasWritten: touched.length > 0, mayBeOff };
}

function isLost(failure: Failure): boolean {
  return failure.kind === 'call' && failure.reading.kind === 'timed-out';
}

/** What any server node does not show on, or cannot be asked about. */
async function notOn(
  { registry }: SwitchRequest,
  registrations: readonly Registration[],
): Promise<readonly string[]> {
  const readings = await readNodes(registry, registry.nodeAddresses, registrations);
  return registrations
    .filter((one) => firstOther(readings, one, true) !== undefined)
    .map((one) => `${shortName(one)} ${endpointText(one)}`);
}

/** It stays off because somebody asked for that; what could not be taken off was put back, or is named. */
function noteEnd(request: SwitchRequest, ms: number, failed: Failed | undefined): void {
  const { name } = request.target;
  if (failed === undefined) {
    record(request, { type: 'disabled', target: name, attempt: 1, ms });
    const by = request.notes?.by ?? '';
    record(request, { type: 'decided', target: name, decision: 'leave-off', by });
    record(request, { type: 'rollout-ended', outcome: 'done-with-some-off', exitCode: exitCodes.done });
    return;
  }
  const { failure: why, mayBeOff, hasWritten } = failed;
  record(request, { type: 'step-failed', target: name, step: 'disable', attempt: 1, ms, why });
  const wasPutBack = hasWritten ? exitCodes.failed : exitCodeOfFailure(why);
  const exitCode = mayBeOff.length > 0 ? exitCodes.someOff : wasPutBack;
  record(request, { type: 'rollout-ended', outcome: 'aborted', exitCode });
}

/** Where its address is registered in several spellings, each of them: a write reaches one. */
function spelledAsListed(registration: Registration, views: readonly ServiceView[]): readonly Registration[] {
  const spelled = views
    .filter((view) => isSameService(view.service, registration))
    .flatMap((view) => view.instances.filter((one) => isSameEndpoint(one, registration)))
    .map(({ ip }) => ip);
  return [...new Set([registration.ip, ...spelled])]
    .filter((ip) => spelled.length === 0 || spelled.includes(ip))
    .map((ip) => ({ ...registration, ip }));
}
