import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import type { ContestPlace } from './contest.ts';
import { startRNacos } from '../servers/live-rnacos.ts';

/** A real r-nacos, and what contests need. */
export async function openRNacosPlace(): Promise<ContestPlace & { close(): Promise<void> }> {
  const nacos = await startRNacos();
  const directory = mkdtempSync(join(tmpdir(), 'live-rnacos-'));
  const registry = openRegistry(connectionTo(nacos.url, undefined), { clock: realClock });
  return {
    nacos,
    registry,
    directory,
    token: undefined,
    login: [],
    env: {},
    close: async () => {
      await registry.close();
      await nacos.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
