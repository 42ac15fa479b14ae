import { leftOffEvents } from '../support/left-off-rollout.ts';

/** What fuzzing found, and what was wrong with it. Each is tried again in every run. */
export type Kept = { readonly target: string; readonly was: string; readonly input: string };

const instance = { ip: '10.0.0.1', port: 8080, weight: 1, healthy: true, enabled: true };
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
/** Node 26 takes more than a second to parse it; older ones cannot write down again what is 5,000 deep. */
const deepest = deep(2_000_000);
const withDeepMetadata = JSON.stringify({ ...instance, metadata: 0 }).replace('0}', `{"zone":${deepest}}}`);
const planned = (seq: number): string =>
  `${JSON.stringify({ v: 1, seq, at: '', rollout: '7f3a0001', type: 'continued', by: 'ann' })}\n`;

const envelope = { v: 1, seq: 1, at: '', rollout: '7f3a0001' };
const ofNobody = { ...envelope, type: 'disable-began', target: 'x'.repeat(20_000), attempt: 1 };

/** Its length says with which status it comes: 401. */
const refused = (page: string): string => page + ' '.repeat((5 - (page.length % 13) + 13) % 13);

export const findings: readonly Kept[] = [
  {
    target: 'answer',
    was: 'the square of the time for strings that do not end, before NaN could be read',
    input: `[${'\\"'.repeat(30_000)}`,
  },
  {
    target: 'answer',
    was: 'the cube of the time for a page of beginnings of tags',
    input: '<meta http-equiv=refresh '.repeat(1_200),
  },
  {
    target: 'answer',
    was: 'the square of the time for blanks where a page sends a browser on to',
    input: `<meta http-equiv=refresh content="0; url=${' '.repeat(31_000)}">`,
  },
  {
    target: 'lists-v1',
    was: 'the square of the time for tags of a page that do not end',
    input: '<h'.repeat(16_000),
  },
  {
    target: 'lists-v1',
    was: 'seconds, and in older versions of Node a thrown error, for metadata that are nested deep',
    input: `{"count":1,"clusters":["DEFAULT"],"list":[${withDeepMetadata}],"hosts":[${withDeepMetadata}]}`,
  },
  {
    target: 'answer',
    was: 'a sentence as long as the page that refused our token',
    input: refused(`<html><p>${'token expired, '.repeat(530)}</p></html>`),
  },
  {
    target: 'lists-v1',
    was: 'a sentence as long as the name of the service that was answered',
    input: JSON.stringify({ name: 'D'.repeat(16_000), hosts: [instance] }),
  },
  {
    target: 'counts',
    was: 'a count that is too large to be exact, as a sum',
    input: '10.0.0.9 9007199254740991\n10.0.0.9 9007199254740991\n',
  },
  {
    target: 'profiles',
    was: 'more than a line, with what stands in the file',
    input: '\n\0',
  },
  { target: 'profiles', was: 'the same for a key with the end of a line in it', input: '{"pro\\rfiles":1}' },
  { target: 'lists-v3', was: 'the same', input: `{"code":0,"data":${withDeepMetadata}}` },
  { target: 'metadata', was: 'the same', input: `{"zone":${deepest}}` },
  { target: 'json-path', was: 'the same in the answer of an application', input: `a\n{"a":${deepest}}` },
  {
    target: 'journal',
    was: 'a thrown error for an event that cannot be the first, and so no status of any rollout',
    input: planned(1),
  },
  {
    target: 'journal',
    was: 'several lines in place of one sentence',
    input: planned(1).replace('"by":"ann"', '"by":1'),
  },
  {
    target: 'journal',
    was: 'a sentence as long as what stands there',
    input: `${JSON.stringify(leftOffEvents('7f3a0001')[0])}\n${JSON.stringify(ofNobody)}\n`,
  },
  {
    target: 'plan',
    was: 'a thrown RangeError for a mapping in a mapping in a mapping',
    input: `a: { b${'eus: '.repeat(4_000)}{ c: d } }\ne: f\n`,
  },
  { target: 'duration', was: 'printed as what is none', input: '999999999.999h' },
  {
    target: 'pattern',
    was: 'a power of the time for a pattern with many stars',
    input: `*a*a*a*a*a*a*b\n${'a'.repeat(200)}`,
  },
  { target: 'pattern', was: 'a name with the end of a line in it was like no pattern', input: '*\norders\r' },
  {
    target: 'evidence-line',
    was: 'the square of the time for blanks',
    input: `connections${'\t'.repeat(30_000)}x`,
  },
  {
    target: 'server-address',
    was: 'a host with quotes in it was an address, and not the same one when read again',
    input: `«${'http"'.repeat(3_276)}`,
  },
  {
    target: 'server-address',
    was: 'a thrown TypeError, as `URL.canParse` says yes to what `new URL` does not take',
    input: `${'A'.repeat(16_384)}ttp://10.0.0.1:8848/nacos`,
  },
];
