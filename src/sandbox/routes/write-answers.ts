import { strikes } from '../registry/faults.ts';
import { readChange, readInstanceId } from './instance-form.ts';
import { isThree, overrideKey } from '../registry/registry-state.ts';
import {
  deregister,
  editService,
  patch,
  register,
  update,
  type UpdateOutcome,
} from '../registry/registry-writes.ts';
import { readServiceId } from './instance-form.ts';
import type { Route, ServerParts } from './route.ts';
import { parameter, type SandboxRequest } from './sandbox-request.ts';
import type { ApiAnswers } from './api-answers.ts';

/** A dialect: its words, and whether a name may carry its group. */
export type Dialect = { readonly wording: ApiAnswers; readonly isGroupInName: boolean };

export function registerAnswer({ wording, isGroupInName }: Dialect): Route['answer'] {
  return (request, parts) => {
    const id = readInstanceId(request, wording, isGroupInName);
    if (!id.ok) return id.reply;
    const limits = { metadataMax: metadataMax(parts), wallMs: parts.clock.wallClock() };
    const fields = readChange(request, wording, limits);
    if (!fields.ok) return fields.reply;
    const { enabled = true, weight = 1, metadata = {} } = fields.value;
    const ephemeral = parameter(request, 'ephemeral') !== 'false';
    if (strikes(parts.faults, 'forgottenMarks')) parts.state.overrides.delete(overrideKey(id.value));
    register(parts.state, id.value, { enabled, weight, metadata, ephemeral }, parts.clock.monotonic());
    return wording.ok();
  };
}

export function deregisterAnswer({ wording, isGroupInName }: Dialect): Route['answer'] {
  return (request, { state, clock }) => {
    const id = readInstanceId(request, wording, isGroupInName);
    if (!id.ok) return id.reply;
    deregister(state, id.value, clock.monotonic());
    return wording.ok();
  };
}

/** `partial` differs from `patch` in one thing: what was not sent is filled in before it is looked at. */
export function updateAnswer(
  { wording, isGroupInName }: Dialect,
  kind: 'put' | 'patch' | 'partial',
): Route['answer'] {
  return (request, parts) => {
    const id = readInstanceId(request, wording, isGroupInName);
    if (!id.ok) return id.reply;
    const limits = { metadataMax: metadataMax(parts), wallMs: parts.clock.wallClock() };
    const change = readChange(request, wording, limits);
    if (!change.ok) return change.reply;
    if (parts.faults.isLeaderless || strikes(parts.faults, 'noLeaderWrites')) return wording.noLeader();
    const nowMs = parts.clock.monotonic();
    const { enabled = true, weight = 1, metadata } = change.value;
    if (kind === 'put' && isZombieMaker(request, parts)) {
      const fields = { enabled, weight, metadata: metadata ?? {}, ephemeral: true };
      register(parts.state, id.value, fields, nowMs);
      return wording.ok();
    }
    const outcome =
      kind === 'put'
        ? update(parts.state, id.value, change.value, nowMs)
        : patch(
            parts.state,
            id.value,
            kind === 'partial' ? { enabled, weight, metadata } : change.value,
            nowMs,
          );
    const replies: Record<UpdateOutcome, () => ReturnType<Route['answer']>> = {
      ok: wording.ok,
      'service-missing': () => wording.updateServiceMissing(id.value),
      'no-instances': () => wording.noInstances(id.value),
      'instance-missing': () => wording.instanceMissing(id.value),
    };
    return replies[outcome]();
  };
}

export function editServiceAnswer({ wording, isGroupInName }: Dialect): Route['answer'] {
  return (request, { state, clock }) => {
    const id = readServiceId(request, wording, isGroupInName);
    if (!id.ok) return id.reply;
    const threshold = Number(parameter(request, 'protectThreshold') ?? 0);
    const isKnown = editService(state, id.value, threshold, clock.monotonic());
    return isKnown ? wording.ok() : wording.serviceMissing(id.value);
  };
}

/** 1.4 takes a PUT from anybody but a Java client for a registration. */
function isZombieMaker(request: SandboxRequest, { state }: ServerParts): boolean {
  return state.kind === '1.4' && !request.header('user-agent').startsWith('Nacos-Java-Client:v');
}

/** The length check came with 2.3. */
function metadataMax({ state }: ServerParts): number {
  return isThree(state.kind) ? 1024 : Infinity;
}
