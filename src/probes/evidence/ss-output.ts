import { addressText } from '../../core/registry/address.ts';

export type Connection = {
  readonly local: string;
  readonly localPort: number;
  readonly peer: string;
  readonly peerPort: number;
  readonly receivedBytes: number;
  /** Since data last came in; not told where that is this very moment, or the system does not say. */
  readonly idleMs?: number | undefined;
};

/** `bad`: a line that is none of `ss`. `untold`: a connection of which it does not say what came in. */
export type SsOutput =
  | { readonly kind: 'connections'; readonly list: readonly Connection[] }
  | { readonly kind: 'bad' | 'untold'; readonly line: string };

const header = /^(Netid\s+)?(State\s+)?Recv-Q\s+Send-Q\s/;
const line = /^(?:[a-z]\w*\s+)?(?:([A-Z][A-Z0-9-]*)\s+)?\d+\s+\d+\s+(\S+):(\d+|\*)\s+(\S+):(\d+|\*)(?=\s|$)/;

/**
 * Established connections as `ss -tin` prints them: a line for the addresses, and what is known of it in the lines
 * that are indented, or behind. With more columns or states it is read as well, with names of ports (no `-n`) it is not.
 */
export function parseSs(output: string): SsOutput {
  const records: string[] = [];
  for (const each of output.split('\n')) {
    if (each.trim() === '' || header.test(each)) continue;
    if (/^\s/.test(each) && records.length > 0) records.push(`${records.pop() ?? ''} ${each.trim()}`);
    else records.push(each.trim());
  }
  const list: Connection[] = [];
  // A busy port has thousands of connections between few addresses.
  const addresses = new Map<string, string>();
  const addressOf = (text: string): string => {
    const known = addresses.get(text) ?? plainAddress(text);
    addresses.set(text, known);
    return known;
  };
  for (const record of records) {
    const [all, state = 'ESTAB', local, localPort, peer, peerPort] = line.exec(record) ?? [];
    if (all === undefined || local === undefined || peer === undefined) return { kind: 'bad', line: record };
    if (state !== 'ESTAB' || localPort === '*' || peerPort === '*') continue;
    const known = record.slice(all.length);
    const received = numberIn(known, receivedForm);
    // Nothing received is not printed; a kernel that counts no bytes counts no segments either.
    if (received === undefined && numberIn(known, segmentsForm) === undefined)
      return { kind: 'untold', line: record };
    list.push({
      local: addressOf(local),
      localPort: Number(localPort),
      peer: addressOf(peer),
      peerPort: Number(peerPort),
      receivedBytes: received ?? 0,
      idleMs: numberIn(known, idleForm),
    });
  }
  return { kind: 'connections', list };
}

const receivedForm = /(?:^|\s)bytes_received:(\d+)(?=\s|$)/;
const segmentsForm = /(?:^|\s)segs_in:(\d+)(?=\s|$)/;
const idleForm = /(?:^|\s)lastrcv:(\d+)(?=\s|$)/;

function numberIn(text: string, form: RegExp): number | undefined {
  const [, digits] = form.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Without the link, which is no part of a caller's name: `fe80::1%eth0`, with the brackets that may be around it. */
function plainAddress(text: string): string {
  const at = text.indexOf('%');
  return addressText(at < 0 ? text : text.slice(0, at) + (text.endsWith(']') ? ']' : ''));
}
