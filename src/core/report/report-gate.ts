import type { Event } from '../event/event.ts';
import type { Failure } from '../event/failure.ts';
import { stampMs } from '../text/stamp.ts';
import type { GatePhase, GateState } from '../rollout/gate-state.ts';

/** What became of a gate that was reached. */
export type ReportedGate = {
  readonly name: string;
  readonly place: GateState['gate']['place'];
  readonly kind: GateState['gate']['kind'];
  /** What a person is to look at. */
  readonly text?: string;
  readonly phase: GatePhase;
  /** When it was reached first. */
  readonly reachedAt: string;
  /** How often it was begun; more than once where it was tried again, or another runner took it over. */
  readonly attempts: number;
  /** From when it was reached first until it was passed, or failed last; 0 while it did neither. */
  readonly ms: number;
  /** Who let it go on, `nobody` where it failed and says so itself; absent where it was good. */
  readonly passedBy?: string;
  /** Why its last attempt failed, and at which target where one did not stay good. */
  readonly failure?: { readonly why: Failure; readonly target?: string | undefined };
};

/** The gates that were reached, in their order. */
export function reportGates(gates: readonly GateState[], events: readonly Event[]): readonly ReportedGate[] {
  return gates.flatMap((state) => {
    const { gate, phase, passedBy, failure } = state;
    const own = events.filter((event) => 'gate' in event && event.gate === gate.name);
    const reached = own.filter(({ type }) => type === 'gate-reached');
    const [first] = reached;
    if (first === undefined) return [];
    const last = own.findLast(({ type }) => type === 'gate-passed' || type === 'gate-failed');
    return [
      {
        name: gate.name,
        place: gate.place,
        kind: gate.kind,
        ...(gate.kind === 'person' && { text: gate.text }),
        phase,
        reachedAt: first.at,
        attempts: reached.length,
        ms: last === undefined ? 0 : Math.max(0, stampMs(last.at) - stampMs(first.at)),
        ...(passedBy !== undefined && { passedBy }),
        ...(failure && { failure }),
      },
    ];
  });
}
