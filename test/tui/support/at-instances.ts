import { atServices } from './at-services.ts';
import { type OpenOptions, type Opened } from './open-console.ts';

/** A console at the instances of `orders`. */
export async function atInstances(options: OpenOptions = {}): Promise<Opened> {
  const opened = await atServices(options);
  await opened.press('enter');
  await opened.sees(':8080');
  return opened;
}
