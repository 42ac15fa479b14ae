import { get } from 'node:http';

/** Resolves when the connection to the sandbox ends, whoever ended it and however. */
export function lifeline(control: string): Promise<void> {
  return new Promise((resolve) => {
    get(`${control}/lifeline`, (response) => {
      response.resume();
      response.once('close', resolve);
    }).once('error', () => resolve());
  });
}
