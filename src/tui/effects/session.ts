import { inItsNamespace } from '../../core/plan/plan-namespace.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Setting } from '../model/model.ts';
import type { Registry, Watch } from '../../world/registry.ts';
import type { Subscription } from '../../world/subscription.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import type { Connected, Launched } from '../../runner/ports/face-ports.ts';
import type { RolloutLink } from '../../runner/ports/protocol.ts';
import type { FirstOrder } from '../model/effect.ts';
import type { ExitSummary } from '../model/exit-summary.ts';
import type { Message } from '../model/message.ts';
import type { Now } from '../model/now.ts';
import type { ConsolePorts, Examination } from '../model/console-ports.ts';

/** What is followed for the screen, on the first of the nodes. */
export type Shown = {
  readonly registry: Registry;
  readonly node: string;
  readonly subscription: Subscription;
  /** Keys of those that we were told of since they are followed. */
  readonly told: Set<string>;
  /** Of the services that are followed now. */
  keys: string;
};

/** What effects hold between each other and the model never sees: open connections, and a typed password. */
export type Session = {
  readonly ports: ConsolePorts;
  words: TuiWords;
  /** What is said from now on is said in it. */
  readonly speak: (language: Setting['language']) => void;
  readonly dispatch: (message: Message) => void;
  readonly exit: (exitCode: number, exitSummary: ExitSummary) => void;
  /** Into the clipboard of whoever sits at the terminal. */
  readonly copy: (text: string) => void;
  /** Told of every request of ours, so that the console can say who is waited for. */
  readonly watch: Watch;
  connected: Connected | undefined;
  password: string | undefined;
  link: RolloutLink | undefined;
  unfollow: (() => void) | undefined;
  /** Ends with its connection. */
  shown: Shown | undefined;
  /** Services that are to be counted anew, by their keys, while one is. */
  readonly uncounted: Map<string, ServiceId>;
  isCounting: boolean;
  /** Gives up the connection that is being opened, if one is. */
  forget: () => void;
  /** Gives up the trial of a form, if one is under way. */
  untry: () => void;
  /** What mends what it found; its connections are open until the next one. */
  examination: Examination | undefined;
  /** How many were asked for: the answer to any but the last one is closed. */
  examinationsAsked: number;
};

export function nowOf({ ports }: Pick<Session, 'ports'>): Now {
  const { clock } = ports;
  return { monotonicMs: clock.monotonic(), wallMs: clock.wallClock() };
}

/** Follows a link from its first line on. */
export function join(
  session: Session,
  launched: Launched,
  options: { readonly mayDecide: boolean; readonly firstOrder: FirstOrder },
): void {
  if (!launched.ok) {
    session.dispatch({ type: 'launch-failed', problem: { kind: 'launch', problem: launched.problem } });
    return;
  }
  leave(session);
  const { link } = launched;
  session.link = link;
  const { id, directory } = link;
  session.dispatch({ type: 'joined', id, directory, ...options, now: nowOf(session) });
  session.unfollow = link.follow((line) => {
    const request =
      line.kind === 'event' && (line.event.type === 'write-began' || line.event.type === 'request-listed')
        ? line.event.request
        : undefined;
    const curl = request && session.ports.curlOf(request);
    const planned = line.kind === 'event' && line.event.type === 'rollout-planned' ? line.event : undefined;
    const connection = planned && session.ports.flagsTo(inItsNamespace(planned.plan, planned.reached));
    session.dispatch({ type: 'line-received', line, curl, connection, now: nowOf(session) });
  });
  void heedEnd(session, link);
}

async function heedEnd(session: Session, link: RolloutLink): Promise<void> {
  await link.closed;
  if (session.link === link) session.dispatch({ type: 'link-closed' });
}

/** Lets go of the followed rollout, which goes on. */
export function leave(session: Session): void {
  session.unfollow?.();
  session.link?.close();
  session.unfollow = undefined;
  session.link = undefined;
}
