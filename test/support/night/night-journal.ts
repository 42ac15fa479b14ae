import type { Event, EventType } from '../../../src/core/event/event.ts';
import { nightServices } from './night-fleet.ts';

/**
 * Who carries a rollout out and who looks on differs by how it is run: a headless one rests at a gate and is resumed, a
 * console joins and leaves. How often lists were asked, and whether somebody looked while an instance was away, is a
 * matter of moments.
 */
const notCompared: readonly EventType[] = [
  'runner-started',
  'runner-rested',
  'face-joined',
  'face-lost',
  'requests-counted',
  'went-away',
  'came-back',
];

/** Written while it is away, as often as there is time for. */
const whileAway: readonly unknown[] = ['keep-out', 'hold-absent'];

/**
 * Times, places in the journal, and who; what each node took and told (a sandbox has no gRPC); and what of others was on
 * or off in that moment, which hangs on how far those beside it are. Whether a difference is known to be the new version's
 * (`cause`) hangs on whether it was kept out while it was away.
 */
const notComparedOf =
  'v seq at rollout ms by target directory nodes told listed appeared vanished beside isAhead cause'.split(
    ' ',
  );

/**
 * A journal as text, without what may differ between two runs of the same plan: first what was planned, then the rollout
 * with its gates, then each service with what each of its targets went through. Targets of a service that went through
 * the same are told once, as what of them goes first is no promise.
 */
export function journalText(events: readonly Event[], names: ReadonlyMap<string, string>): string {
  const masked = (value: object, ip?: string): string => {
    const all = [...names, ...(ip === undefined ? [] : [[ip, 'IP'] as const])];
    return all.reduce((so, [found, name]) => so.replaceAll(found, name), JSON.stringify(value));
  };
  const told = (event: Event, ip?: string): string => masked(comparedOf(event), ip);
  const compared = events.filter(isCompared);
  const planned = compared.find((event) => event.type === 'rollout-planned');
  if (planned === undefined) throw new Error('nothing was planned');
  const { targets, ...plan } = planned.plan;
  const services = nightServices.flatMap((service) => {
    const own = targets.filter(({ registrations: [main] }) => main?.service === service);
    const stories = own.map(({ batch: _batch, zone, ...rest }) => {
      const ip = rest.name.slice(0, rest.name.lastIndexOf(':'));
      const lines = inOrder(compared.filter((event) => 'target' in event && event.target === rest.name));
      return [masked(rest, ip).replaceAll(`"zone":"${zone}"`, '"zone":"ZONE"')]
        .concat(lines.map((event) => told(event, ip)))
        .join('\n');
    });
    const inBatches = own.map(({ batch, zone }) => `${batch} ${zone}`).join(', ');
    const counted = [...Map.groupBy(stories, (one) => one)].map(
      ([story, { length }]) => `# ${length} of ${service}\n${story}`,
    );
    return [`# ${service}, batches and zones: ${inBatches}`, ...counted];
  });
  const whole = compared.filter((event) => !('target' in event));
  const about = whole.filter(isNotice).map((event) => noticeText(event, events));
  const others = whole.filter((event) => event.type !== 'rollout-planned' && !isNotice(event));
  return [
    '# planned',
    masked(plan),
    '# the rollout',
    ...others.map((event) => told(event)),
    '# told',
    ...about.toSorted(),
    ...services,
    '',
  ].join('\n');
}

function isCompared(event: Event): boolean {
  return !notCompared.includes(event.type) && !('purpose' in event && whileAway.includes(event.purpose));
}

function comparedOf(event: Event): object {
  const kept = Object.entries(event).filter(([key]) => !notComparedOf.includes(key));
  if (event.type !== 'forecast') return Object.fromEntries(kept);
  const services = event.services.map(({ service, minimum }) => ({ service, minimum }));
  return { ...Object.fromEntries(kept), services };
}

type Notice = Extract<Event, { readonly about: number }>;

function isNotice(event: Event): event is Notice {
  return 'about' in event;
}

/** Each receiver is told by itself, and a command beside the rollout runs by itself: their order is nobody's promise. */
function noticeText(notice: Notice, events: readonly Event[]): string {
  const about = events.find(({ seq }) => seq === notice.about);
  const gate = about !== undefined && 'gate' in about ? ` ${about.gate}` : '';
  const who = 'receiver' in notice ? notice.receiver : `${notice.on}, try ${notice.attempt}`;
  return `${notice.type} ${who}: ${about?.type}${gate}`;
}

/** The registrations of a target are written side by side: of what follows upon another, that of the first one first. */
function inOrder(events: readonly Event[]): readonly Event[] {
  const runs: Event[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run !== undefined && first !== undefined && isOfRegistration(first) && isOfRegistration(event))
      run.push(event);
    else runs.push([event]);
  }
  return runs.flatMap((run) => run.toSorted((one, other) => registrationOf(one) - registrationOf(other)));
}

function isOfRegistration(event: Event): boolean {
  return 'registration' in event;
}

function registrationOf(event: Event): number {
  return 'registration' in event ? event.registration : 0;
}
