import type { NoticeFailure } from '../../core/event/event-parts.ts';
import { program } from '../../core/text/program.ts';
import { type Sayings, say } from '../grammar/say.ts';
import { readings } from './step-failures.ts';

/** What receivers are told around an event. */
export const notices = {
  head: (services: string, profile: string | undefined): string =>
    `[nacos-rollout] ${services}${profile === undefined ? '' : ` (${profile})`}`,
  foot: (id: string, host: string, verb: string): string => `on ${host}: ${program} ${verb} ${id}`,
};

const failures: Sayings<NoticeFailure> = {
  'no-secret': ({ reference }) => `nothing can be read from ${reference}`,
  'no-url': ({ reference }) => `what stands in ${reference} is no URL`,
  unanswered: ({ reading }) => say(readings, reading),
  'not-accepted': ({ code, message }) => `it says ${code}: ${message}`,
  'no-time': () => 'the runner had to end',
};

export function noticeFailed(receiver: string, about: number, tries: number, why: NoticeFailure): string {
  const often = tries === 1 ? '' : `, after ${tries} tries`;
  return `${receiver} could not be told of event ${about}${often}: ${say(failures, why)}`;
}
