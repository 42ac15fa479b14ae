import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Event, parseEvent } from '../../../src/core/event/event.ts';
import { killNow, runnersOf } from '../processes/runners.ts';
import { dingTalk } from '../servers/chat-services.ts';
import { scriptedServer } from '../servers/scripted-server.ts';
import { type NightFleet, startNightFleet } from './night-fleet.ts';
import { nightPlan } from './night-plan.ts';

/** One release night: a fleet, its plan, who is told, and a state directory of its own. */
export type NightPlace = {
  readonly fleet: NightFleet;
  /** What the program is run with, in the directory of the fleet. */
  readonly env: Readonly<Record<string, string>>;
  /** The journal of its only rollout so far. */
  journal(): readonly Event[];
  /** What the commands of the plan have written, in order. */
  ran(): readonly string[];
  /** What the webhook and the group got. */
  readonly told: { readonly webhook: readonly Event[]; readonly group: readonly string[] };
  readonly names: ReadonlyMap<string, string>;
  /** Ends its runners, too. */
  close(): Promise<void>;
};

const group = { token: 'b1946ac92492d2347c6235b4d2611184', secret: 'SEC0f1e2d' };

export async function openNightPlace(nacos: string, directory: string): Promise<NightPlace> {
  const webhook: Event[] = [];
  const robot: string[] = [];
  const receivers = await scriptedServer((request) => {
    if (request.path === '/hook') {
      const parsed = parseEvent(JSON.parse(request.body));
      if (!parsed.ok) return { status: 400 };
      webhook.push(parsed.event);
      return { status: 200 };
    }
    const reply = dingTalk(request, { ...group, nowMs: Date.now() });
    const said = JSON.parse(request.body) as { readonly text: { readonly content: string } };
    if (JSON.stringify(reply.body).includes('"errcode":0')) robot.push(said.text.content);
    return reply;
  });
  const fleet = await startNightFleet(nacos, join(directory, 'work'));
  writeFileSync(join(fleet.directory, 'plan.yaml'), nightPlan(`${receivers.url}/hook`));
  const home = join(directory, 'home');
  mkdirSync(home, { recursive: true });
  const state = join(home, 'state');
  return {
    fleet,
    env: {
      HOME: home,
      XDG_STATE_HOME: state,
      XDG_CONFIG_HOME: join(home, 'config'),
      NACOS_ROLLOUT_SERVER: nacos,
      NIGHT_GROUP: `${receivers.url}/robot/send?access_token=${group.token}`,
      NIGHT_SECRET: group.secret,
    },
    journal: () => journalIn(join(state, 'nacos-rollout', 'rollouts')),
    ran: () => linesOf(join(fleet.directory, 'ran.txt')),
    told: { webhook, group: robot },
    names: new Map([...fleet.names, [receivers.url, 'RECEIVERS']]),
    close: async () => {
      for (const pid of runnersOf(state)) killNow(pid);
      await fleet.close();
      await receivers.close();
    },
  };
}

function journalIn(rollouts: string): readonly Event[] {
  try {
    const [id = ''] = readdirSync(rollouts);
    return linesOf(join(rollouts, id, 'journal.jsonl')).map((line) => JSON.parse(line) as Event);
  } catch {
    // It has not begun.
    return [];
  }
}

/** Whole lines only. */
function linesOf(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}
