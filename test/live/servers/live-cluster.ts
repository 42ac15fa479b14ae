import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';
import { freePort, onlyServer } from './live-place.ts';

export type Member = { readonly url: string; readonly port: number };

export type LiveCluster = {
  readonly members: readonly Member[];
  /** The member that leads the Raft group of what operators set. */
  leader(): Promise<Member>;
  /** Ends a member without ceremony. */
  kill(member: Member): Promise<void>;
  /** Starts whoever was killed, and waits until all are there for each other again. */
  restore(): Promise<void>;
  stop(): Promise<void>;
};

const start = join(import.meta.dirname, '..', 'start');
/** Closer together, and on two cores one times out. */
const apartMs = 10_000;
const memberMb = 700;

/** Why no cluster can be started now; `undefined` where one can. */
export function whyNoCluster(): string | undefined {
  const freeMb = Math.round(freemem() / 1024 / 1024);
  if (freeMb > 4 * memberMb) return undefined;
  const why = `the three-member cluster is skipped: ${freeMb} MB of memory are free`;
  console.log(why);
  return why;
}

const nodesSchema = z.object({
  data: z.array(
    z.object({
      address: z.string(),
      state: z.string(),
      extendInfo: z.object({
        raftMetaData: z
          .object({ metaDataMap: z.record(z.string(), z.object({ leader: z.string().nullish() })) })
          .nullish(),
      }),
    }),
  ),
});

/** Three members of 3.1.0. They end with this process. */
export async function startLiveCluster(): Promise<LiveCluster> {
  const release = await onlyServer();
  execFileSync(start, ['3.1.0', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const data = mkdtempSync(join(tmpdir(), 'live-cluster-'));
  const members = await threeMembers();
  const alive = new Map<Member, ChildProcess>();
  const environment = { ...process.env, MEMBERS: members.map(({ port }) => `127.0.0.1:${port}`).join() };

  const begin = (member: Member): void => {
    const log = openSync(join(data, `${member.port}.log`), 'a');
    const words = ['3.1.0', String(member.port), join(data, String(member.port))];
    alive.set(member, spawn(start, words, { stdio: ['pipe', log, log], env: environment }));
  };
  const nodesAt = async (member: Member) => {
    const { text } = await fetchText(`${member.url}/nacos/v3/admin/core/cluster/node/list`);
    const parsed = nodesSchema.safeParse(text === '' ? {} : JSON.parse(text));
    return parsed.success ? parsed.data.data : [];
  };
  const leaderAt = async (member: Member): Promise<Member | undefined> => {
    for (const { extendInfo } of await nodesAt(member)) {
      const leader = extendInfo.raftMetaData?.metaDataMap['naming_instance_metadata']?.leader;
      const found = members.find(({ port }) => leader === `127.0.0.1:${port - 1_000}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const isWhole = async (): Promise<boolean> => {
    const seen = await Promise.all(
      members.map(async (member) => {
        const { text } = await fetchText(`${member.url}/nacos/v3/admin/core/state/readiness`);
        const nodes = await nodesAt(member);
        const isUp = nodes.length === members.length && nodes.every(({ state }) => state === 'UP');
        return text.includes('"code":0') && isUp ? (await leaderAt(member))?.port : undefined;
      }),
    );
    return seen[0] !== undefined && new Set(seen).size === 1;
  };

  const kill = async (member: Member): Promise<void> => {
    const child = alive.get(member);
    if (child === undefined) return;
    alive.delete(member);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
  };
  const stop = async (): Promise<void> => {
    for (const member of members) await kill(member);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    release();
  };
  const restore = async (): Promise<void> => {
    const isDown = (member: Member): boolean =>
      (alive.get(member)?.exitCode ?? 0) !== 0 || !alive.has(member);
    await until(async () => {
      for (const member of members.filter(isDown)) {
        // On a busy machine one gives up before it is there, and leaves half a database behind.
        if (alive.has(member)) rmSync(join(data, String(member.port)), { recursive: true, force: true });
        begin(member);
        const beganAt = performance.now();
        await until(() => performance.now() - beganAt > apartMs, 200);
      }
      return await isWhole();
    }, 500);
  };
  await restore();
  return {
    members,
    kill,
    restore,
    stop,
    leader: async () => {
      for (const member of alive.keys()) {
        const leader = await leaderAt(member);
        if (leader !== undefined) return leader;
      }
      throw new Error('no member names a leader');
    },
  };
}

/** Ports 20 apart, and all that belong to them free. */
async function threeMembers(): Promise<readonly Member[]> {
  for (;;) {
    const first = await freePort();
    const ports = [first, first + 20, first + 40];
    const free = await Promise.all(ports.map((port) => freePort(port)));
    if (free.every((port, index) => port === ports[index]))
      return ports.map((port) => ({ port, url: `http://127.0.0.1:${port}` }));
  }
}
