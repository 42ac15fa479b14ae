import { Agent, get } from 'node:http';

const timeoutMs = 10_000;

/** One request to the gateway. Times are of the wall clock of this machine. */
export type Call = {
  readonly at: number;
  readonly ms: number;
  /** `ok`, `status 503`, `time-out`, or the name of the error. */
  readonly outcome: string;
  /** The process that answered, and when the call reached it. */
  readonly pid?: number;
  readonly servedAt?: number;
};

export type Load = {
  /** The calls that began since then and have ended. */
  since(at: number): readonly Call[];
  /** Those before it will not be asked for. */
  forgetBefore(at: number): void;
  /** Whether all that began before then have ended. */
  isDoneBefore(at: number): boolean;
  stop(): void;
};

/** So many requests a second, each begun when its time has come, whether or not the ones before were answered. */
export function startLoad(gateway: string, perSecond: number): Load {
  const agent = new Agent({ keepAlive: true });
  let calls: Call[] = [];
  let begun = 0;
  const underWay = new Map<number, number>();
  const start = performance.now();
  const send = async (id: number): Promise<void> => {
    const at = Date.now();
    underWay.set(id, at);
    const call = await ask(`${gateway}/orders/${id}`, agent, at);
    underWay.delete(id);
    calls.push(call);
  };
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
    for (; begun < due; begun += 1) void send(begun);
  }, 1_000 / perSecond);
  return {
    since: (from) => calls.filter(({ at }) => at >= from),
    forgetBefore: (from) => {
      calls = calls.filter(({ at }) => at >= from);
    },
    isDoneBefore: (before) => [...underWay.values()].every((at) => at >= before),
    stop: () => {
      clearInterval(timer);
      agent.destroy();
    },
  };
}

function ask(url: string, agent: Agent, at: number): Promise<Call> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (outcome: string, from: { pid?: number; servedAt?: number } = {}): void =>
      resolve({ at, ms: performance.now() - began, outcome, ...from });
    const request = get(url, { agent, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      response.resume();
      response.once('error', (error) => end(nameOf(error)));
      response.once('end', () => {
        if (response.statusCode !== 200) return end(`status ${response.statusCode}`);
        end('ok', {
          pid: Number(response.headers['x-pid']),
          servedAt: Number(response.headers['x-at']),
        });
      });
    });
    request.once('error', (error) => end(nameOf(error)));
  });
}

function nameOf(error: NodeJS.ErrnoException): string {
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'time-out'
    : (error.code ?? error.name);
}
