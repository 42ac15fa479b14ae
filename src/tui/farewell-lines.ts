import { visible } from '../core/visible.ts';
import type { TuiWords } from '../i18n/en/tui.ts';
import type { Farewell } from './farewell.ts';

export function farewellLines({ rollout }: TuiWords, farewell: Farewell): readonly string[] {
  const said = rollout.farewell;
  switch (farewell.kind) {
    case 'nothing':
      return [];
    case 'goes-on':
      return [said.goesOn(farewell.id)];
    case 'ended': {
      const { id, done, count, off, directory, isRehearsal, isOpen } = farewell;
      if (isRehearsal) return [said.rehearsed(done, count)];
      return [
        said.ended(id, done, count),
        ...(off.length === 0 ? [] : [said.off, ...off.map((name) => `  ${visible(name)}`)]),
        ...(isOpen ? [said.carryOn(id)] : []),
        said.journal(directory),
      ];
    }
  }
}
