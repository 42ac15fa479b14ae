import type * as z from 'zod';
import { toDotPath } from 'zod/v4/core';

/** `profiles.prod.servers: …`: where it is and what is wrong, in one line. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  const place = toDotPath(issue.path);
  const words = plainWords(issue.message);
  return place === '' ? words : `${place}: ${words}`;
}

/** Without the words of the parser. */
function plainWords(message: string): string {
  const [, wanted, found] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (wanted === undefined) return message.replace(/^Invalid input: /, '');
  return found === 'undefined' ? 'it is missing' : `it is no ${wanted === 'array' ? 'list' : wanted}`;
}
