import { readFileSync } from 'node:fs';
import type { StartLimits } from '../core/command/fit-start.ts';

/** Linux: 32 pages for one string (`MAX_ARG_STRLEN`). Elsewhere there is no such limit. */
const oneBytes = 131_072;
/** Linux takes a quarter of the stack for all of them, and bounds it both ways. */
const leastBytes = 131_072;
const mostBytes = 6 * 1_048_576;
/** macOS, whatever the stack. */
const otherwiseBytes = 1_048_576;
/** What a shell adds before it goes on: variables of its own, the interpreter of a script. */
const spareBytes = 8192;

/** What this process may start others with, as the system bounds it now. */
export function readStartLimits(): StartLimits {
  return { oneBytes, allBytes: allBytes(softStack()) - spareBytes };
}

/** The soft limit of the stack in bytes; undefined where nobody tells it. */
function softStack(): number | undefined {
  try {
    const [, soft] =
      /^Max stack size\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === 'unlimited' ? Infinity : Number(soft);
  } catch {
    return undefined;
  }
}

function allBytes(stackBytes: number | undefined): number {
  return stackBytes === undefined
    ? otherwiseBytes
    : Math.min(mostBytes, Math.max(leastBytes, stackBytes / 4));
}
