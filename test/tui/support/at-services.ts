import { type OpenOptions, type Opened, openConsole } from './open-console.ts';

/** A console at the services of the first profile. */
export async function atServices(options: OpenOptions = {}): Promise<Opened> {
  const opened = openConsole(options);
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  return opened;
}
