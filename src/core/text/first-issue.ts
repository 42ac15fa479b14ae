import type * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { visible } from './visible.ts';

type Issue = z.core.$ZodIssue;

/** `profiles.prod.servers: …`: where it is and what is wrong, in one line. */
export function firstIssue(error: z.ZodError): string {
  // A key with a slip is missing under its right name too, and that is said first.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (issue === undefined) return error.message;
  const place = toDotPath(issue.path);
  const words = plainWords(issue);
  // A key may hold the end of a line.
  return visible(place === '' ? words : `${place}: ${words}`);
}

/** Without the words of the parser. */
function plainWords(issue: Issue): string {
  const { message } = issue;
  if (issue.code === 'unrecognized_keys') return `there is no key ${issue.keys.join(' and no key ')}`;
  if (issue.code === 'invalid_value' && message.startsWith('Invalid option'))
    return `write ${issue.values.map(String).join(' or ')}`;
  const [, wanted, found] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (wanted === undefined) return message.replace(/^Invalid input: /, '');
  return found === 'undefined' ? 'it is missing' : `it is no ${wanted === 'array' ? 'list' : wanted}`;
}
