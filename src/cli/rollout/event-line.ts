import { hookKeys } from '../../core/hooks/hook-step.ts';
import { cellsOf, wrap } from '../../core/text/cells.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Event } from '../../core/event/event.ts';
import { type Owned, type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { RegistrationName } from '../../i18n/en/events.ts';
import type { Words } from '../../i18n/words.ts';
import { shortName } from '../../core/registry/service-name.ts';

/**
 * One event as one line: its time in UTC, its target, and what happened. A rehearsal's clock is its own, and no command
 * ran in it: how long after its beginning it would be, but for them.
 */
export function eventLine(event: Event, rollout: Rollout, words: Words): string {
  const saying = words.events[event.type] as (fact: Event, nameOf: RegistrationName) => string;
  const target = 'target' in event ? `${event.target}  ` : '';
  const isRehearsal = rollout.planned.world === 'rehearsal';
  const at = isRehearsal ? elapsed(event, rollout) : `${event.at.slice(11, 19)}Z`;
  const pretended = isRehearsal ? pretendedCommand(event) : undefined;
  const what =
    pretended === undefined
      ? saying(event, (name, index) => nameBesideTarget(rollout, name, index))
      : words.cli.pretended(pretended);
  return `${at}  ${target}${what}`;
}

/** `+00:01:20`. */
function elapsed({ at }: Event, { plannedAt }: Rollout): string {
  const seconds = Math.max(0, Math.round((stampMs(at) - stampMs(plannedAt)) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `+${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

/** As a plan file names the command whose end this tells. */
function pretendedCommand(event: Event): string | undefined {
  if (event.type === 'hook-ended') return `hooks.${hookKeys[event.step]}`;
  return event.type === 'deploy-ended' ? 'deploy' : undefined;
}

/** `ip:port`, with the service for a companion. */
function registrationName(rollout: Rollout, target: string, index: number): string {
  const registration = targetOf(rollout, target).registrations[index];
  if (registration === undefined) return target;
  return index === 0
    ? endpointText(registration)
    : `${shortName(registration)} ${endpointText(registration)}`;
}

/** One that is not as we found it, by name. */
export function ownedName(rollout: Rollout, { target, registration }: Owned): string {
  return registrationName(rollout, target.name, registration);
}

/** The line begins with the target's address: for its own registration the service is enough. */
function nameBesideTarget(rollout: Rollout, target: string, index: number): string {
  const main = targetOf(rollout, target).registrations[0];
  return index === 0 && main !== undefined ? shortName(main) : registrationName(rollout, target, index);
}

/** For a terminal this wide: what does not fit goes on under itself, broken between words. */
export function foldedLine(line: string, columns: number | undefined): readonly string[] {
  if (columns === undefined || cellsOf(line) <= columns) return [line];
  const [time = ''] = /^\S+ {2}/.exec(line) ?? [];
  const parts = wrap(line.slice(time.length), Math.max(20, columns - time.length));
  return parts.map((part, index) => (index === 0 ? time : ' '.repeat(time.length)) + part);
}
