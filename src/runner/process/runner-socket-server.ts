import { chmodSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import type { Event } from '../../core/event/event.ts';
import { isOver } from '../../core/rollout/rollout.ts';
import type { Clock } from '../../world/clock.ts';
import { type LineSocket, longestOrderBytes, overLines } from './line-socket.ts';
import type { LaunchProblem } from '../store/launch-problem.ts';
import { type FaceLine, type RunnerLine, type Snapshot, faceLineSchema } from '../ports/protocol.ts';
import type { Runner } from '../engine/runner.ts';

/** What is told in quick succession is looked at once. */
const restMs = 200;
const tellCallsEveryMs = 1000;

/** Whether anybody who may decide ever followed; `next` is aborted when another face does. */
type Joined = { isAny: boolean; next: AbortController };

type Face = {
  readonly lines: LineSocket;
  by: string;
  mayDecide: boolean;
  isBrief: boolean;
  isDetached: boolean;
};

/** How long a snapshot is good for, and what ends that sooner. */
export type Freshness = { readonly ms: number; readonly news: AbortSignal | undefined };

export type FaceServer = {
  /** Whether anybody who may decide ever followed. */
  hasBeenJoined(): boolean;
  /** Says why the runner can do nothing more. */
  tellBroken(problem: LaunchProblem): void;
  /** Shows everybody what Nacos says at the end, and lets them go. */
  close(): Promise<void>;
};

/** Serves one rollout to any number of faces over a Unix socket of mode 0600. */
export async function serveFaces(options: {
  path: string;
  runner: Runner;
  events: readonly Event[];
  clock: Clock;
  observe: () => Promise<Snapshot>;
  freshness?: () => Freshness;
}): Promise<FaceServer> {
  const { path, runner } = options;
  const events = [...options.events];
  const faces = new Set<Face>();
  const stop = new AbortController();
  const joined: Joined = { isAny: false, next: new AbortController() };
  const say = (line: RunnerLine): void => {
    for (const face of faces) if (!isPassing(line) || face.lines.isClear()) face.lines.send(line);
  };
  runner.follow((event) => {
    events.push(event);
    say({ kind: 'event', event });
  });
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    const face: Face = {
      by: '',
      mayDecide: false,
      isBrief: false,
      isDetached: false,
      lines: overLines(
        socket,
        faceLineSchema,
        {
          line: (line) => hear(line, face, { runner, faces, events, joined }),
          closed: () => lose(face, faces, runner),
        },
        longestOrderBytes,
      ),
    };
  });
  await listen(server, path);
  chmodSync(path, 0o600);
  void observeForFaces({ ...options, faces, say, joined, signal: stop.signal });
  void tellCalls(faces, say, runner, options.clock, stop.signal);
  return {
    hasBeenJoined: () => joined.isAny,
    tellBroken: (problem) => say({ kind: 'broken', problem }),
    close: async () => {
      stop.abort();
      if (faces.size > 0) say({ kind: 'observed', snapshot: await options.observe() });
      server.close();
      for (const face of faces) face.lines.close();
      rmSync(path, { force: true });
    },
  };
}

function hear(
  line: FaceLine,
  face: Face,
  house: { runner: Runner; faces: Set<Face>; events: readonly Event[]; joined: Joined },
): void {
  const { runner, faces, events } = house;
  if (line.kind === 'hello') {
    if (faces.has(face)) return;
    const { by, mayDecide, isBrief = false } = line;
    Object.assign(face, { by, mayDecide, isBrief });
    const past = events.map((event): RunnerLine => ({ kind: 'event', event }));
    face.lines.sendAll([...past, { kind: 'caught-up' } satisfies RunnerLine]);
    faces.add(face);
    house.joined.isAny ||= isMissed(face);
    house.joined.next.abort();
    if (isMissed(face) && runner.rollout().isUnattended && !isOver(runner.rollout()))
      runner.record({ type: 'face-joined', by: face.by });
    return;
  }
  const { ref, order } = line;
  const refused = face.mayDecide ? runner.submit(order, face.by) : 'only-watching';
  if (order.type === 'detach') face.isDetached = true;
  face.lines.send({
    kind: 'answer',
    ref,
    ...(refused === undefined ? {} : { refused }),
  } satisfies RunnerLine);
}

/** Somebody sits there, who can be asked. */
function isMissed({ mayDecide, isBrief }: Face): boolean {
  return mayDecide && !isBrief;
}

/** A terminal that went without a word: the target in our hands is finished, and nothing more begun. */
function lose(face: Face, faces: Set<Face>, runner: Runner): void {
  if (!faces.delete(face) || !isMissed(face) || face.isDetached || isOver(runner.rollout())) return;
  const isAnyLeft = [...faces].some(isMissed);
  if (!isAnyLeft && !runner.rollout().isUnattended) runner.record({ type: 'face-lost', by: face.by });
}

type Observing = Pick<Parameters<typeof serveFaces>[0], 'observe' | 'clock' | 'freshness'> & {
  readonly faces: ReadonlySet<Face>;
  readonly say: (line: RunnerLine) => void;
  readonly joined: Joined;
  readonly signal: AbortSignal;
};

async function observeForFaces(observing: Observing): Promise<void> {
  const { faces, say, observe, clock, joined, signal } = observing;
  while (!signal.aborted) {
    const { ms = 1000, news } = observing.freshness?.() ?? {};
    joined.next = new AbortController();
    if (faces.size > 0) say({ kind: 'observed', snapshot: await observe() });
    await clock.sleep(restMs, signal);
    const ends = [signal, joined.next.signal, ...(news === undefined ? [] : [news])];
    await clock.sleep(ms - restMs, AbortSignal.any(ends));
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** Another line tells it anew: a face that is slow does without this one. */
function isPassing({ kind }: RunnerLine): boolean {
  return kind === 'observed' || kind === 'calls';
}

async function tellCalls(
  faces: ReadonlySet<Face>,
  say: (line: RunnerLine) => void,
  runner: Runner,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let hadCalls = false;
  while (!signal.aborted) {
    const calls = faces.size > 0 ? runner.calls() : [];
    if (calls.length > 0 || hadCalls) say({ kind: 'calls', calls });
    hadCalls = calls.length > 0;
    await clock.sleep(tellCallsEveryMs, signal);
  }
}
