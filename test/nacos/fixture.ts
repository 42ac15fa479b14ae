import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Reply } from '../../src/nacos/http/transport.ts';

const fixtureShape = z.object({
  server: z.string(),
  name: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  type: z.string(),
  body: z.string(),
});

/** An answer of a real server, recorded on 21 November 2026. */
export type Fixture = z.infer<typeof fixtureShape>;

export function fixtures(name: string): readonly Fixture[] {
  const file = join(import.meta.dirname, 'fixtures', `${name}.jsonl`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => fixtureShape.parse(JSON.parse(line)));
}

export function replyOf({ path, status, type, body }: Fixture): Reply {
  return { address: 'http://127.0.0.1:8848', path, status, contentType: type, body };
}
