import { nearest } from './nearest.ts';

/** What is filled into the URLs of a plan, and into the words of a command that no shell sees. */
export const placeholderNames = [
  'ip',
  'port',
  'management.port',
  'instance',
  'service',
  'group',
  'namespace',
  'cluster',
] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

export function filled(text: string, values: Readonly<Record<PlaceholderName, string>>): string {
  return text.replaceAll(inBraces, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
}

/** A name in braces into which nothing is filled, and the name that was meant, where one is near. */
export type StrayPlaceholder = { readonly placeholder: string; readonly similar: string | undefined };

export function strayPlaceholder(text: string): StrayPlaceholder | undefined {
  const [, stray] = [...text.matchAll(inBraces)].find(([, name = '']) => !isPlaceholder(name)) ?? [];
  if (stray === undefined) return undefined;
  const near = nearest(stray, placeholderNames);
  return { placeholder: `{${stray}}`, similar: near && `{${near}}` };
}

const inBraces = /\{([\w.-]+)\}/g;

function isPlaceholder(name: string): name is PlaceholderName {
  return (placeholderNames as readonly string[]).includes(name);
}

/** A placeholder in a command line, into which nothing is filled, and the environment variable that holds what is meant. */
export type LinePlaceholder = {
  readonly run: string;
  readonly placeholder: string;
  readonly variable: string;
};

/** `${ip}` and `$ip` are the shell's own. */
const inLine = new RegExp(
  String.raw`(?<!\$)\{(${placeholderNames.map((name) => name.replace('.', String.raw`\.`)).join('|')})\}`,
);
/** What a process has as metadata is one variable. */
const variableOf = (name: string): string =>
  `NACOS_ROLLOUT_${name === 'management.port' ? 'METADATA' : name.toUpperCase()}`;

export function placeholderInLine(run: string): LinePlaceholder | undefined {
  const [placeholder, name] = inLine.exec(run) ?? [];
  if (placeholder === undefined || name === undefined) return undefined;
  return { run, placeholder, variable: variableOf(name) };
}
