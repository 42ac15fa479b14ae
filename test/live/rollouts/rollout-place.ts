import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import { logIn } from './every-list.ts';
import { buildJavaClient, type Lifeline, openLifeline } from '../clients/java-client.ts';
import { type LiveNacos, type LiveOptions, startLiveNacos } from '../servers/live-nacos.ts';

/** A real server, a directory, and what is needed to look at the server from outside. */
export type RolloutPlace = {
  readonly nacos: LiveNacos;
  readonly hasAuth: boolean;
  readonly registry: Registry;
  readonly token: string | undefined;
  readonly lifeline: Lifeline;
  readonly directory: string;
  /** How the program reaches the server. */
  readonly login: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export async function openRolloutPlace(options: LiveOptions): Promise<RolloutPlace> {
  const { version, hasAuth = false } = options;
  buildJavaClient(version);
  const nacos = await startLiveNacos(options);
  const lifeline = await openLifeline();
  const directory = mkdtempSync(join(tmpdir(), 'live-rollout-'));
  const user = hasAuth ? { username: 'nacos', password: 'nacos' } : undefined;
  const registry = openRegistry(connectionTo(nacos.url, user), { clock: realClock });
  return {
    nacos,
    hasAuth,
    registry,
    token: hasAuth ? await logIn(nacos) : undefined,
    lifeline,
    directory,
    login: hasAuth ? ['--username', 'nacos', '--password-from', 'env:LIVE_PASSWORD'] : [],
    env: hasAuth ? { LIVE_PASSWORD: 'nacos' } : {},
    close: async () => {
      lifeline.cut();
      await registry.close();
      await nacos.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
