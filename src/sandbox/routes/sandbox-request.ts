import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request with its query and form parameters put together; the query wins, as in a servlet. */
export type SandboxRequest = {
  readonly method: string;
  readonly path: string;
  readonly parameters: URLSearchParams;
  readonly header: (name: string) => string;
};

export async function readRequest(message: IncomingMessage): Promise<SandboxRequest> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const body = await text(message);
  const header = (name: string): string => String(message.headers[name] ?? '');
  const isForm = header('content-type').startsWith('application/x-www-form-urlencoded');
  const parameters = new URLSearchParams(url.search);
  for (const [name, value] of new URLSearchParams(isForm ? body : '')) parameters.append(name, value);
  return { method: message.method ?? 'GET', path: url.pathname, parameters, header };
}

/** The first value, or nothing for an absent or empty one. */
export function parameter(request: SandboxRequest, name: string): string | undefined {
  return request.parameters.get(name)?.trim() || undefined;
}

export function flag(request: SandboxRequest, name: string): boolean {
  return parameter(request, name) === 'true';
}

export function wholeNumber(request: SandboxRequest, name: string, otherwise: number): number {
  const number = Number.parseInt(parameter(request, name) ?? '', 10);
  return Number.isNaN(number) ? otherwise : number;
}
