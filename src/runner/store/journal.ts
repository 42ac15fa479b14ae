import { closeSync, fsyncSync, openSync, readFileSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../core/apply/apply.ts';
import { type Event, eventVersion, parseEvent } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { isAbsence } from './state-directory.ts';
import { codeOf } from '../../world/code-of.ts';

/** One file a rollout, append-only: a line is on disk before what it announces begins. */
export interface Journal {
  append(event: Event): void;
  close(): void;
}

export type JournalProblem =
  | { readonly kind: 'no-such-rollout' }
  /** It is there, and the disk does not give it to us. */
  | { readonly kind: 'unreadable-state'; readonly path: string; readonly detail: string }
  | { readonly kind: 'unreadable-journal'; readonly line: number; readonly detail: string }
  | { readonly kind: 'newer-journal'; readonly version: number };

type Unread = { readonly ok: false; readonly problem: JournalProblem };

export type JournalParsed =
  | {
      readonly ok: true;
      readonly events: readonly Event[];
      readonly goodBytes: number;
      readonly torn: string;
    }
  | Unread;

/** With what is true because of it; `undefined` for a journal without an event. */
export type JournalRead = (JournalParsed & { ok: true } & { readonly rollout: Rollout | undefined }) | Unread;

/** Reads a journal's text. A last line without its end was torn by a crash: its effect never began, so it is set aside. */
export function parseJournal(text: string): JournalParsed {
  const end = text.lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const events: Event[] = [];
  for (const [index, line] of lines.entries()) {
    const read = parseLine(line);
    if (!read.ok)
      return read.newer === undefined
        ? unreadable(index + 1, read.detail)
        : { ok: false, problem: read.newer };
    events.push(read.event);
  }
  return { ok: true, events, goodBytes: Buffer.byteLength(text.slice(0, end)), torn: text.slice(end) };
}

/** A line may be well written and be none that can follow: of another rollout, or because one before it is gone. */
export function replayJournal(text: string): JournalRead {
  const parsed = parseJournal(text);
  if (!parsed.ok) return parsed;
  let rollout: Rollout | undefined;
  for (const [index, event] of parsed.events.entries())
    try {
      rollout = apply(rollout, event);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return unreadable(index + 1, detail);
    }
  return { ...parsed, rollout };
}

/** It may name what stands there, and that may be long. */
const detailMax = 300;

function unreadable(line: number, detail: string): Unread {
  return { ok: false, problem: { kind: 'unreadable-journal', line, detail: detail.slice(0, detailMax) } };
}

type LineRead =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly detail: string; readonly newer?: JournalProblem };

function parseLine(line: string): LineRead {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, detail: 'not JSON' };
  }
  const version = (value as { v?: unknown } | null)?.v;
  if (typeof version === 'number' && version > eventVersion)
    return { ok: false, detail: 'newer', newer: { kind: 'newer-journal', version } };
  const parsed = parseEvent(value);
  return parsed.ok ? parsed : { ok: false, detail: parsed.problem };
}

export function journalPath(directory: string): string {
  return join(directory, 'journal.jsonl');
}

export function readJournal(directory: string): JournalRead {
  const path = journalPath(directory);
  try {
    return replayJournal(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = codeOf(error);
    const problem: JournalProblem = isAbsence(code)
      ? { kind: 'no-such-rollout' }
      : { kind: 'unreadable-state', path, detail: code };
    return { ok: false, problem };
  }
}

/**
 * Opens a journal for appending, readable by its owner only. A torn last line is moved to `journal.torn` first.
 * Throws where the disk says no.
 */
export function openJournal(directory: string): Journal {
  const path = journalPath(directory);
  setTornAside(directory, path);
  const file = openSync(path, 'a', 0o600);
  syncDirectory(directory);
  return {
    append: (event) => {
      const line = Buffer.from(`${JSON.stringify(event)}\n`);
      // One write, so that a crash tears at most this line.
      let written = 0;
      while (written < line.length) written += writeSync(file, line, written);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

const roomBytes = 65_536;

/** Throws where the disk says no: what could not write its journal later is told so before it touches anything. */
export function proveRoom(directory: string): void {
  const path = join(directory, 'room');
  const file = openSync(path, 'w', 0o600);
  try {
    // A disk that is nearly full takes a part and says so only at the next write.
    let written = 0;
    while (written < roomBytes) written += writeSync(file, Buffer.alloc(roomBytes - written, 1));
    fsyncSync(file);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}

function setTornAside(directory: string, path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  const end = text.lastIndexOf('\n') + 1;
  if (end === text.length) return;
  const torn = openSync(join(directory, 'journal.torn'), 'a', 0o600);
  writeSync(torn, `${text.slice(end)}\n`);
  closeSync(torn);
  truncateSync(path, Buffer.byteLength(text.slice(0, end)));
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
