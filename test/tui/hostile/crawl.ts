import { keymap } from '../../../src/tui/keys/keymap.ts';
import { runEffect } from '../../../src/tui/effects/run-effects.ts';
import { type Session, nowOf } from '../../../src/tui/effects/session.ts';
import type { UiEffect } from '../../../src/tui/model/effect.ts';
import type { Message } from '../../../src/tui/model/message.ts';
import type { Model } from '../../../src/tui/model/model.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import type { PlaceName } from '../../../src/tui/model/place.ts';
import { update } from '../../../src/tui/update/update.ts';
import type { Opened } from '../support/open-console.ts';

/** Places that are there, as the keymap must name each of them. */
export const placeNames = Object.keys(keymap) as readonly PlaceName[];

/** So many keys after the seeds. */
const depth = 3;
/** Of one place, however it was reached. */
const likeMax = 3;

/** Every picture that keys lead to from here, whatever panes there are. Nothing of what is asked of outside is left out. */
export async function crawl(opened: Opened, seeds: readonly Model[]): Promise<readonly Model[]> {
  const found = new Map<string, Model[]>();
  const isNew = (model: Model): boolean => {
    const kind = kindOf(model);
    const known = found.get(kind) ?? [];
    if (known.length >= likeMax) return false;
    found.set(kind, [...known, model]);
    return true;
  };
  let edge = seeds.filter(isNew);
  for (let step = 0; step < depth; step += 1) {
    const next: Model[] = [];
    for (const model of edge)
      for (const name of keysOf(model)) {
        const press = name.length === 1 ? { name, text: name } : { name };
        const [after, effects] = update(model, { type: 'key-pressed', press, now: nowOf(opened.session) });
        const answered = await withAnswers(opened, after, effects);
        if (isNew(answered)) next.push(answered);
      }
    edge = next;
  }
  return [...found.values()].flat();
}

/** Two pictures of one kind differ in what they show, not in where they are. */
function kindOf(model: Model): string {
  const { name, ...rest } = front(model);
  const words = Object.values(rest).map((value) => (typeof value === 'string' ? value : typeof value));
  const asked = 'purpose' in rest ? rest.purpose.kind : '';
  return [model.places.map((place) => place.name).join(' '), name, ...words, asked, model.notice?.kind].join(
    ',',
  );
}

function keysOf(model: Model): readonly string[] {
  return [...new Set(keymap[front(model).name].flatMap(({ keys }) => [...keys]))];
}

/** What outside answers, as far as it does at once. */
async function withAnswers(opened: Opened, model: Model, effects: readonly UiEffect[]): Promise<Model> {
  const answers: Message[] = [];
  const session: Session = {
    ...opened.session,
    dispatch: (message) => answers.push(message),
    exit: () => undefined,
  };
  for (const effect of effects) {
    void runEffect(session, effect).catch(() => undefined);
    await opened.clock.advance(0);
  }
  return answers.reduce((before, message) => update(before, message)[0], model);
}
