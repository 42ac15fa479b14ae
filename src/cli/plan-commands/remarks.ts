import { visible } from '../../core/text/visible.ts';

/** `line`: above which it stands, from 1; at the top where there is none. */
export type Remark = { readonly sentence: string; readonly line?: number };

/** No comment of a person begins so: what does is taken out again. */
const mark = '#!! ';

/** The text with each remark as a comment above its line, indented as the line is. */
export function withRemarks(text: string, remarks: readonly Remark[]): string {
  return text
    .split('\n')
    .flatMap((line, at) => {
      const here = remarks.filter((remark) => (remark.line ?? 1) === at + 1);
      const [indent = ''] = /^ */.exec(line) ?? [];
      return [...here.map(({ sentence }) => `${indent}${mark}${visible(sentence)}`), line];
    })
    .join('\n');
}

export function withoutRemarks(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith(mark))
    .join('\n');
}
