import type { InstanceId } from '../../../src/core/registry/service.ts';
import { crowdMetadata, crowdOf } from '../scale/crowd.ts';
import type { Crowded } from '../scale/crowded.ts';

export type Updates = {
  /** How many there were so far. */
  count(): number;
  end(): Promise<void>;
};

const everyMs = 100;

/** Of the services of the first screen one after the other changes, ten times a second, until it ends. */
export function updating(nacos: Crowded, what: 'nothing-shown' | 'on-and-off'): Updates {
  // What is known of the first instance stands on the screen whole.
  const shown = [...crowdOf(nacos.crowd)].slice(1, 24);
  let count = 0;
  const over = new AbortController();
  const one = async (): Promise<void> => {
    const instance = shown[count % shown.length];
    if (instance === undefined) throw new Error('a crowd of none');
    const isOn = what === 'nothing-shown' || Math.floor(count / shown.length) % 2 === 1;
    count += 1;
    await nacos.put(instance, isOn, { ...crowdMetadata, build: String(count) });
  };
  const all = (async () => {
    while (!over.signal.aborted) {
      await one();
      await new Promise((resolve) => {
        setTimeout(resolve, everyMs);
      });
    }
  })();
  return {
    count: () => count,
    end: async () => {
      over.abort();
      await all;
      for (const instance of shown) await nacos.put(instance, true);
    },
  };
}

/** Off, and on again, as somebody else would: a console that is told of changes shows both soon. */
export async function seenOffAndOn(
  nacos: Crowded,
  instance: InstanceId,
  isSeen: (isOn: boolean) => Promise<unknown>,
): Promise<void> {
  for (const isOn of [false, true]) {
    await nacos.put(instance, isOn);
    await isSeen(isOn);
  }
}
