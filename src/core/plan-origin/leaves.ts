import { hasLogin, urlText } from '../text/url-text.ts';

/** `check.successes` and what it is, as a plan file has it. */
export type Leaf = { readonly setting: string; readonly value: string };

/** Every value in a setting, those of a list together. */
export function leavesOf(setting: string, value: unknown): readonly Leaf[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ setting, value: textOf(value) }];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(`${setting}.${key}`, part));
}

/** A value as a plan file has it, on one line. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return hasLogin(value) ? urlText(value) : value;
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${textOf(part)}`)
    .join(', ')} }`;
}
