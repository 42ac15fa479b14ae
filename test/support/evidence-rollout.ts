import { reachedAt } from './reached.ts';
import type { CallsSeen } from '../../src/core/drain/calls-seen.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { Event, Fact } from '../../src/core/event/event.ts';
import { stamp } from '../../src/core/text/stamp.ts';

const beganMs = Date.parse('2026-11-26T18:00:00.000Z');

export type Names = {
  readonly service: string;
  readonly caller: string;
  readonly source: string;
  readonly by: string;
  readonly command: string;
};

export const plainNames: Names = {
  service: 'orders',
  caller: '10.0.0.5',
  source: 'actuator http://{ip}:{port}/actuator',
  by: 'deployer@bastion-1',
  command: './redeploy.sh {ip}',
};

const nodes = ['http://10.0.0.1:8848', 'http://10.0.0.2:8848'];

type Journal = {
  readonly events: Event[];
  readonly say: (fact: Fact) => void;
  readonly pass: (ms: number) => void;
};

/** Events one after another, each at its time. */
function journal(): Journal {
  const events: Event[] = [];
  let atMs = beganMs;
  return {
    events,
    say: (fact) => events.push({ ...fact, v: 1, seq: events.length, at: stamp(atMs), rollout: '7f3a' }),
    pass: (ms) => {
      atMs += ms;
    },
  };
}

/**
 * A rollout of three targets that drain by evidence: one is called quiet, one ends by time and is called after that,
 * one is still called at its ceiling and goes on because a person says so.
 */
export function evidenceRollout(names: Names = plainNames): readonly Event[] {
  const { events, say, pass } = journal();
  const targets = ['10.0.0.11:8080', '10.0.0.12:8080', '10.0.0.13:8080'];
  const [quiet = '', timed = '', called = ''] = targets;
  say({
    type: 'rollout-planned',
    plan: planOf(targets, names),
    by: names.by,
    reached: reachedAt(...nodes),
    world: 'real',
    isAttended: true,
    nodes,
    workingDirectory: '/work',
  });
  say({ type: 'runner-started', pid: 4711, host: 'bastion-1', isAttended: true, lease: 'held' });
  const drained = (
    target: string,
    ms: number,
    lastMs: number,
    more: Partial<Fact & { type: 'drain-ended' }>,
  ) => {
    pass(ms);
    const calls = callsSeen(names, ms, lastMs);
    say({ type: 'drain-ended', target, attempt: 1, ms, endedBy: 'quiet', certainty: 0.999, calls, ...more });
  };
  off(quiet);
  drained(quiet, 12_400, 5900, {});
  on(quiet);
  off(timed);
  pass(9000);
  const lost = { target: timed, registration: 0, source: names.source };
  say({ type: 'evidence-lost', ...lost, why: { kind: 'http-status', status: 503 } });
  pass(2000);
  say({ type: 'evidence-returned', ...lost });
  const doubtful = { ...callsSeen(names, 40_000, 21_000), doubts: ['not-watched'] as const };
  pass(29_000);
  drained(timed, 0, 0, { ms: 40_000, endedBy: 'time', calls: doubtful });
  pass(400);
  say({ type: 'called-after-drain', target: timed, source: names.source, count: 3, ms: 400 });
  on(timed);
  off(called);
  pass(180_000);
  const why = { kind: 'still-called', afterMs: 180_000, calls: callsSeen(names, 180_000, 179_500) } as const;
  say({ type: 'step-failed', target: called, step: 'drain', attempt: 1, ms: 180_000, why });
  pass(7000);
  say({ type: 'decided', target: called, decision: 'take-as-done', by: names.by });
  on(called);
  say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 });
  return events;

  function write(target: string, enabled: boolean): void {
    const what = { target, registration: 0, enabled, purpose: enabled ? 'enable' : 'disable' } as const;
    const url = `${nodes[0]}/nacos/v1/ns/instance?serviceName=${names.service}&enabled=${enabled}`;
    say({ type: 'write-began', ...what, weight: 1, request: { method: 'PUT', url, hasToken: false } });
    pass(20);
    say({ type: 'write-ended', ...what, outcome: 'accepted', ms: 20 });
    pass(600);
    const shown = nodes.map((node) => ({ node, ms: 500 }));
    const told = nodes.map((node, index) => ({ node, ms: 560 + 480 * index }));
    say({ type: 'read-back', target, registration: 0, enabled, nodes: shown, told });
  }

  function off(target: string): void {
    say({ type: 'disable-began', target, attempt: 1 });
    write(target, false);
    say({ type: 'disabled', target, attempt: 1, ms: 620 });
    say({ type: 'drain-began', target, attempt: 1, totalMs: 40_000, evidence: [names.source] });
  }

  function on(target: string): void {
    say({ type: 'deploy-began', target, attempt: 1, command: names.command, directory: 'deploy-1' });
    pass(5000);
    say({ type: 'went-away', target, registration: 0 });
    pass(4000);
    say({ type: 'came-back', target, registration: 0, isEnabled: true });
    say({ type: 'exposed', target, registration: 0, wasAway: true, sources: nodes });
    pass(700);
    say({ type: 'exposure-ended', target, registration: 0, ms: 700 });
    say({ type: 'deploy-ended', target, attempt: 1, ms: 9700, result: { kind: 'exited', code: 0 } });
    say({ type: 'check-began', target, attempt: 1 });
    pass(3000);
    say({ type: 'check-passed', target, attempt: 1, ms: 3000, isRestarted: true });
    say({ type: 'enable-began', target, attempt: 1 });
    write(target, true);
    say({ type: 'enabled', target, attempt: 1, ms: 620 });
  }
}

/** The same calls a second whatever the length: 8 until two seconds before the last one, then fewer, then none. */
function callsSeen({ caller, source }: Names, ms: number, lastMs: number): CallsSeen {
  const fromMs = -20_000;
  const last = Math.floor((lastMs - fromMs) / 1000);
  const counts = Array.from({ length: Math.ceil((ms - fromMs) / 1000) }, (_, second) =>
    second > last ? 0 : second > last - 2 ? 3 : 8,
  );
  const one = { source, registration: 0, callsSince: 40, lastMs, silentMs: ms - lastMs, neededMs: 6100 };
  return { callers: [{ ...one, caller, perSecond: 8 }], doubts: [], perSecond: { fromMs, counts } };
}

function planOf(names: readonly string[], { service, source: _source, command }: Names): Plan {
  const id = { namespace: 'public', group: 'DEFAULT_GROUP', service };
  const drain = {
    ms: 40_000,
    consumers: 'spring-cloud',
    watch: {
      evidence: [{ kind: 'actuator', url: 'http://{ip}:{port}/actuator' }],
      floorMs: 5000,
      ceilingMs: 180_000,
      certainty: 0.999,
    },
  } as const;
  return {
    version: 1,
    targets: names.map((name, batch) => ({
      name,
      stage: '1',
      batch,
      registrations: [
        {
          ...id,
          cluster: 'DEFAULT',
          ip: name.split(':')[0] ?? '',
          port: 8080,
          weight: 1,
          ephemeral: true,
          metadata: {},
          wasEnabled: true,
        },
      ],
      drain,
      deploy: { run: command, timeoutMs: 600_000 },
      check: { kind: 'tcp', isDefault: true, successes: 3, withinMs: 180_000 },
    })),
    minimums: [{ ...id, minimum: 1 }],
    overrides: [],
    onFailure: 'stop',
    onUnknown: 'ask',
    decideWithinMs: 3_600_000,
  };
}
