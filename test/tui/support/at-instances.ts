import { type OpenOptions, type Opened, openConsole } from './open-console.ts';

/** A console at the instances of `orders`. */
export async function atInstances(options: OpenOptions = {}): Promise<Opened> {
  const opened = openConsole(options);
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees(':8080');
  return opened;
}
