import type { Flaw, Path } from '../../core/flaw/flaw.ts';
import { visible } from '../../core/text/visible.ts';

/** `stages[0].services[0].drain`, or nothing for the whole. */
export function pathText(path: Path): readonly string[] {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${visible(key)}`)).join('');
  return text === '' ? [] : [text.replace(/^\./, '')];
}

/** What has a key too many is named, and not the key twice. */
export function pathOf({ path, isKey }: Flaw): Path {
  return isKey ? path.slice(0, -1) : path;
}
