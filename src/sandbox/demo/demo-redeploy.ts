import { request } from 'undici';
import * as z from 'zod';
import type { Clock } from '../../world/clock.ts';

export type DemoRedeployIo = {
  readonly argv: readonly string[];
  readonly say: (line: string) => void;
  readonly clock: Clock;
};

const withinMs = 15_000;
const pollMs = 100;

/** What the control answers to a redeploy. */
const redeployedSchema = z.union([
  z.object({ ok: z.literal(true), from: z.string(), to: z.string(), pid: z.int().optional() }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

export type Redeployed = z.infer<typeof redeployedSchema>;

/** `__demo-redeploy CONTROL IP:PORT`: restarts a demo process with its next version; 0 once that one listens. */
export async function runDemoRedeploy({ argv, say, clock }: DemoRedeployIo): Promise<number> {
  const [control, instance] = argv;
  if (control === undefined || instance === undefined) return 2;
  const redeployed = await askControl(control, instance);
  if (!redeployed.ok) {
    say(redeployed.reason);
    return 1;
  }
  const { from, to, pid } = redeployed;
  say(`stopped version ${from}`);
  say(`started version ${to}${pid === undefined ? '' : ` (pid ${pid})`}`);
  const startedMs = clock.monotonic();
  while (clock.monotonic() - startedMs < withinMs) {
    if (await isListening(instance)) {
      const seconds = (clock.monotonic() - startedMs) / 1000;
      say(`version ${to} listens on ${instance} after ${seconds.toFixed(1)} s`);
      return 0;
    }
    await clock.sleep(pollMs);
  }
  say(`version ${to} does not listen on ${instance} after ${withinMs / 1000} s`);
  return 1;
}

async function askControl(control: string, instance: string): Promise<Redeployed> {
  try {
    const query = new URLSearchParams({ instance });
    const answer = await request(`${control}/redeploy?${query.toString()}`, { method: 'POST' });
    return redeployedSchema.parse(await answer.body.json());
  } catch {
    return { ok: false, reason: `the demo does not answer at ${control}` };
  }
}

/** Listening is enough here: whether it is well is the rollout's check to find out. */
async function isListening(instance: string): Promise<boolean> {
  try {
    const answer = await request(`http://${instance}/actuator/health`);
    await answer.body.dump();
    return true;
  } catch {
    return false;
  }
}
