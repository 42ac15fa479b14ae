import type { Event } from '../../../core/event/event.ts';
import { type Rollout, targetOf } from '../../../core/rollout/rollout.ts';
import { endpointText } from '../../../core/registry/service.ts';
import { visible } from '../../../core/text/visible.ts';
import type { TuiWords } from '../../../i18n/en/tui.ts';
import { stampMs } from '../../../core/text/stamp.ts';
import { cellsOf, wrap } from '../../../core/text/cells.ts';
import type { Following } from '../../model/following.ts';
import { type Line, type Tone, line, span } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { shortName } from '../../../core/registry/service-name.ts';

/** Whether the table does not show it already. A rehearsal's requests are the point of it. */
function isTold(event: Event): boolean {
  switch (event.type) {
    case 'write-began':
    case 'disable-began':
    case 'check-began':
    case 'enable-began':
    case 'warm-up-began':
    case 'services-noted':
    case 'consumers-noted':
    case 'requests-counted':
    case 'occasion-began':
      return false;
    case 'runner-started':
      return event.lease === 'unavailable' || event.lease === 'awaited';
    case 'write-ended':
      return event.outcome !== 'accepted';
    case 'request-listed':
      return !event.wasSent;
    default:
      return true;
  }
}

/** The last things that happened, the newest at the foot. */
export function eventLines(following: Following, { words, columns, height }: DrawContext): readonly Line[] {
  const { rollout, events } = following;
  if (rollout === undefined || height <= 1) return [];
  const blocks = events
    .filter(isTold)
    .slice(-height)
    .map((event) => eventBlock(event, rollout, words, columns));
  return [[], ...lastWhole(blocks, height - 1)];
}

const happenedMost = 1000;

/** All that happened lately, each drawn once for a width and a language: what has happened does not change. */
export function happenedLines(following: Following, { words, columns }: DrawContext): readonly Line[] {
  const { rollout, events } = following;
  if (rollout === undefined) return [];
  return events
    .slice(-happenedMost)
    .filter(isTold)
    .flatMap((event) => {
      const known = drawnBefore.get(event);
      if (known?.columns === columns && known.words === words) return known.lines;
      const lines = eventBlock(event, rollout, words, columns);
      drawnBefore.set(event, { columns, words, lines });
      return lines;
    });
}

const drawnBefore = new WeakMap<
  Event,
  { readonly columns: number; readonly words: TuiWords; readonly lines: readonly Line[] }
>();

/** As many of the newest as fit, each whole; of one that is taller than the room its end. */
function lastWhole(blocks: readonly (readonly Line[])[], height: number): readonly Line[] {
  let shown: readonly Line[] = [];
  for (const block of blocks.toReversed()) {
    if (shown.length + block.length > height) return shown.length === 0 ? block.slice(-height) : shown;
    shown = [...block, ...shown];
  }
  return shown;
}

/** What happened, whole: what does not fit a line goes on under itself. */
function eventBlock(event: Event, rollout: Rollout, words: TuiWords, columns: number): readonly Line[] {
  // What is said of a registration names it.
  const target = visible('target' in event && !('registration' in event) ? `${event.target} ` : '');
  const time = ` ${timeOf(event, rollout)} `;
  const text = visible(sayEvent(event, rollout, words));
  const room = Math.max(10, columns - cellsOf(time) - 1);
  return wrap(target + text, room).map((part, index) => {
    const isFirst = index === 0;
    // A target too long for the line is broken, and dim no more.
    const named = isFirst && part.startsWith(target) ? target : '';
    return line(
      span(isFirst ? time : ' '.repeat(cellsOf(time)), 'dim'),
      span(named, 'dim'),
      span(part.slice(named.length), toneOf(event)),
    );
  });
}

/** A rehearsal's clock runs ahead of ours: its times are told from its beginning. */
function timeOf(event: Event, { planned, plannedAt }: Rollout): string {
  if (planned.world === 'real') return `${event.at.slice(11, 19)}Z`;
  const seconds = Math.max(0, Math.round((stampMs(event.at) - stampMs(plannedAt)) / 1000));
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function sayEvent(event: Event, rollout: Rollout, words: TuiWords): string {
  const saying = words.events[event.type] as (
    fact: Event,
    nameOf: (target: string, registration: number) => string,
  ) => string;
  return saying(event, (target, registration) => {
    const found = targetOf(rollout, target).registrations[registration];
    return found === undefined ? target : `${endpointText(found)} ${shortName(found)}`;
  });
}

function toneOf(event: Event): Tone {
  switch (event.type) {
    case 'step-failed':
    case 'exposed':
    case 'node-lost':
      return 'bad';
    case 'deploy-ended':
    case 'hook-ended':
    case 'occasion-ended':
      return event.result.kind === 'exited' && event.result.code === 0 ? 'plain' : 'warn';
    case 'changed':
      return event.cause?.startsWith('new-version') === true ? 'plain' : 'warn';
    case 'notification-failed':
    case 'retry-awaited':
    case 'weight-overridden':
    case 'warm-up-left-out':
    case 'service-changed':
    case 'consumers-changed':
    case 'node-dropped':
    case 'paused':
    case 'deadline-passed':
    case 'drain-prolonged':
    case 'drain-skipped':
    case 'joined':
    case 'dropped':
    case 'abort-asked':
    case 'stop-asked':
      return 'warn';
    case 'enabled':
      return 'good';
    default:
      return 'plain';
  }
}
