import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';

/** What Python's parser makes of it: a parser that is not ours. */
export type Element = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly inner: readonly Element[];
};

const reader = `
import json, sys
from xml.etree import ElementTree
def told(one):
    return {'tag': one.tag, 'attributes': dict(one.attrib), 'text': one.text or '', 'inner': [told(each) for each in one]}
print(json.dumps(told(ElementTree.fromstring(sys.stdin.buffer.read()))))
`;

/** Why it cannot be read here, where that is so. */
export const noParser = ((): string | undefined => {
  try {
    execFileSync('python3', ['-c', 'import xml.etree.ElementTree'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `there is no python3 whose XML parser could be asked (${(error as Error).message.split('\n')[0]})`;
  }
})();

export function parsedXml(text: string): Element {
  return JSON.parse(execFileSync('python3', ['-c', reader], { input: text }).toString()) as Element;
}

/** As readers of JUnit take it: counts that are true, times that are numbers, only what they know. */
export function expectJunit(root: Element): void {
  expect(root.tag).toBe('testsuites');
  for (const suite of root.inner) {
    expect(suite.tag).toBe('testsuite');
    expect(suite.inner.map(({ tag }) => tag)).toEqual(suite.inner.map(() => 'testcase'));
    expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    const all = suite.inner.flatMap(({ inner }) => inner.map(({ tag }) => tag));
    expect(counted(suite)).toEqual([
      suite.inner.length,
      ...['failure', 'error', 'skipped'].map((tag) => all.filter((one) => one === tag).length),
    ]);
    for (const one of [suite, ...suite.inner]) expect(one.attributes['time']).toMatch(/^\d+\.\d{3}$/);
  }
  const sums = root.inner.map(counted);
  expect(counted(root)).toEqual([0, 1, 2, 3].map((at) => sums.reduce((sum, one) => sum + (one[at] ?? 0), 0)));
}

function counted({ attributes }: Element): readonly number[] {
  return ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(attributes[name]));
}
