import { stampMs } from '../core/text/stamp.ts';
import type { CallReading } from '../core/drain/call-tally.ts';
import type { Evidence } from '../core/drain/evidence.ts';
import type { Receiver } from '../core/notify/receiver.ts';
import type { NodeRequests, NoticeFailure } from '../core/event/event-parts.ts';
import type { Notice } from '../core/report/due-notices.ts';
import type { CallPurpose, CommandResult, Reading, TakenOff } from '../core/event/failure.ts';
import type { Command } from '../core/hooks/command.ts';
import type { Call, Check, Registration } from '../core/plan/plan.ts';
import type { InstanceId } from '../core/registry/service.ts';
import type { Clock } from './clock.ts';
import type { Presence, Registry, RequestText } from './registry.ts';

/** A command to be run once. Its directory is its identity: what lies there says whether it began and how it ended. */
export type CommandOrder = {
  /** Absolute; made by whoever runs the command. Holds `output.log` and the outcome. */
  readonly directory: string;
  readonly command: Command;
  readonly workingDirectory: string;
  /** Added to ours, from which every variable that a secret refers to is taken. */
  readonly environment: Readonly<Record<string, string>>;
};

/** Processes that outlive us. */
export interface Commands {
  /** What would keep it from being started, in the words of the system; as far as can be known without starting it. */
  obstacle(order: CommandOrder): string | undefined;
  /** Runs the command and waits for its end. When the signal is aborted its whole process group is killed. */
  run(order: CommandOrder, signal: AbortSignal): Promise<CommandResult>;
  /** After a crash: waits for the command of this directory if it still runs, tells how it ended, or sees to it that it never begins. */
  recover(order: CommandOrder, signal: AbortSignal): Promise<CommandResult>;
  /** How long the command of this directory ran, whoever began it, where the directory tells. */
  ranMs?(order: CommandOrder): number | undefined;
}

/** That it is the new process is to be proven; `before`: what `changed` of the check said of the old one, if it answered. */
export type Proof = { readonly before: string | undefined };

/** Measures; does not judge. With a proof wanted the registration has the metadata of now. */
export type Probe = (
  check: Check,
  registration: Registration,
  signal: AbortSignal,
  proof?: Proof,
) => Promise<Reading>;

/** What a source of evidence said of one registration, or why it said nothing. */
export type EvidenceReading =
  | { readonly kind: 'read'; readonly reading: CallReading }
  | { readonly kind: 'failed'; readonly why: Reading };

/** Reads whether an instance is still called. Measures; the drain judges. Nothing throws. */
export type EvidenceProbe = (
  evidence: Evidence,
  registration: Registration,
  signal: AbortSignal,
) => Promise<EvidenceReading>;

/** An application is asked to leave, or to come back. */
export type CallOrder = {
  readonly purpose: CallPurpose;
  /** Its placeholders are filled. */
  readonly call: Call;
  /** What leaves or comes back with it. */
  readonly registrations: readonly Registration[];
  /** Where and how it runs when it is a command. */
  readonly place: Omit<CommandOrder, 'command'>;
};
export type Caller = (order: CallOrder, signal: AbortSignal) => Promise<Reading>;

export type Told =
  /** `listed`: a rehearsal tells nobody. */
  | { readonly kind: 'listed' }
  | { readonly kind: 'sent'; readonly tries: number }
  | { readonly kind: 'failed'; readonly tries: number; readonly why: NoticeFailure };

/** Tells those whom the plan names. */
export interface Notifier {
  /** What is sent, with the reference to its URL in the place of it, and unsigned. */
  requestOf(receiver: Receiver, notice: Notice): RequestText;
  /** Tries more than once, for half a minute at the most; an abort ends it. Never rejects. */
  tell(receiver: Receiver, notice: Notice, signal: AbortSignal): Promise<Told>;
}

/** Everything outside. There are three: real, rehearsal, simulated. */
export type World = {
  readonly clock: Clock;
  readonly registry: Registry;
  readonly commands: Commands;
  readonly probe: Probe;
  readonly evidence: EvidenceProbe;
  readonly call: Caller;
  /** What was asked of Nacos so far; absent where nobody counts. */
  readonly asked?: () => readonly NodeRequests[];
  /** Which rollout or one-shot command of this machine took an instance off, by its journals. */
  readonly takenOff?: (instance: InstanceId) => TakenOff | undefined;
  /** Absent where nothing may be registered. */
  readonly presence?: Presence;
  /** Where nobody is waited for: a gate that a person opens is open. */
  readonly hasNobody?: true;
  /** Absent where the plan names nobody. */
  readonly notifier?: Notifier;
};

/**
 * How long a recovered command ran, which an earlier runner began: by what its directory tells, else by the wall clock
 * since its beginning was written down. `undefined` where it never began.
 */
export function ranForMs(
  { clock, commands }: Pick<World, 'clock' | 'commands'>,
  order: CommandOrder,
  { result, beganAt }: { readonly result: CommandResult; readonly beganAt: string | undefined },
): number | undefined {
  if (result.kind === 'never-began') return undefined;
  const told = commands.ranMs?.(order);
  if (told === undefined && beganAt === undefined) return undefined;
  // The clock may have been set back.
  return Math.max(0, Math.round(told ?? clock.wallClock() - stampMs(beganAt ?? '')));
}
