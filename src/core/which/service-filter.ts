import type { ServiceSummary } from '../registry/service.ts';
import { isOfPattern } from '../text/glob.ts';
import { type Comparison, comparesTo } from './where.ts';

/** What is known of a service in a list; `searched`: its whole name in small letters. */
type Listed = Pick<ServiceSummary, 'service' | 'group' | 'on' | 'off' | 'ill'> & {
  readonly searched: string;
};
type Test = (service: Listed) => boolean;

const condition = /^(group|service|on|off|ill)(!=|<=|>=|=|<|>)(.*)$/is;

/**
 * What a filter of services lets through: words that the name contains, and conditions written as those of `--where` are,
 * of what the list knows: `group=PROD*`, `service!=a,b`, `on<2`, `off>0`, `ill>0`. All must be true. `!` in front of a word
 * turns it round, in front of several all of them. A condition that is typed in part asks for nothing yet; what cannot
 * become one is a word.
 */
export function serviceFilter(text: string): Test {
  const words = text.trim().split(/\s+/);
  const [first = '', ...more] = words;
  const isAll = first === '!' || (first.startsWith('!') && more.length > 0);
  const tests = (isAll ? [first.slice(1), ...more] : words).flatMap((word) => testOf(word) ?? []);
  if (tests.length === 0) return () => true;
  return (service) => tests.every((test) => test(service)) !== isAll;
}

/** Undefined for what asks for nothing. */
function testOf(word: string): Test | undefined {
  if (word.startsWith('!')) {
    const test = testOf(word.slice(1));
    return test && ((service) => !test(service));
  }
  const [, name = '', comparison, value = ''] = condition.exec(word) ?? [];
  const wanted = word.toLowerCase();
  if (wanted === '' || (comparison !== undefined && value === '')) return undefined;
  const isIt =
    comparison === undefined ? undefined : conditionOf(name.toLowerCase(), comparison as Comparison, value);
  return isIt ?? (({ searched }) => searched.includes(wanted));
}

function conditionOf(name: string, comparison: Comparison, value: string): Test | undefined {
  if (name === 'group' || name === 'service') {
    const values = value.toLowerCase().split(',');
    const isEqual = comparison === '=';
    if (!isEqual && comparison !== '!=') return undefined;
    return (service) => {
      const text = service[name].toLowerCase();
      return values.some((one) => isOfPattern(text, one)) === isEqual;
    };
  }
  if (!/^\d{1,9}$/.test(value)) return undefined;
  const limit = Number(value);
  return (service) => comparesTo(service[name as 'on' | 'off' | 'ill'], comparison, limit);
}
