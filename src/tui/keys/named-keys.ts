import { type Keys, keyName, wordsIn } from '../draw/words.ts';
import type { Model } from '../model/model.ts';
import { front, screenOf } from '../model/navigation.ts';
import type { PlaceName } from '../model/place.ts';
import { keymap, keyOf } from './keymap.ts';

/** The keys that sentences name: of the place in front, else of the screen behind it, else of wherever the command is. */
export function namedKeys(model: Model): Keys {
  const words = wordsIn(model.setting.language);
  const everyPlace = Object.keys(keymap) as PlaceName[];
  return (command) => {
    const places = [front(model).name, screenOf(model).name, ...everyPlace];
    const having = places.find((place) => keyOf(model, place, command) !== '');
    return having === undefined ? '' : keyName(words, keyOf(model, having, command));
  };
}
