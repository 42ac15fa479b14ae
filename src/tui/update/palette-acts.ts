import { isSameEndpoint, serviceKey } from '../../core/registry/service.ts';
import { fieldWith } from '../model/field.ts';
import type { Model } from '../model/model.ts';
import { backTo, changed, closed, opened, screenOf } from '../model/navigation.ts';
import { type Aim, offNow, pointedEntry } from '../palette/entries.ts';
import { instanceRows } from '../view/instance-rows.ts';
import { connectingActs } from './acts/connecting-acts.ts';
import { pointedAt } from './acts/move.ts';
import { rolloutActs } from './acts/rollout-acts.ts';
import { openedInstances, toNacos, toNamespace, visited } from './acts/service-acts.ts';
import { type Step, and, noticed, stay } from './acts/transition.ts';

export function paletteOpened(model: Model): Model {
  return opened(model, { name: 'palette', field: fieldWith(''), cursor: 0 });
}

/** Goes there, or does what the key does; where it is off now the palette stays, and that is said. */
export function chosen(model: Model, press: (model: Model, key: string) => Step): Step {
  const entry = pointedEntry(model);
  if (entry === undefined) return stay(noticed(model, { kind: 'off', reason: 'nothing-here' }));
  const reason = offNow(model, entry);
  if (reason !== undefined) return stay(noticed(model, { kind: 'off', reason }));
  const { aim } = entry;
  if (aim.kind === 'command') return press(closed(model), aim.key);
  const [free, before] = left(closed(model));
  const [next, after] = gone(free, aim);
  return [next, [...before, ...after]];
}

/** What a person would leave with esc before they go elsewhere. */
function left(model: Model): Step {
  const { name } = screenOf(model);
  if (name === 'rollout') return rolloutActs.back(model);
  return name === 'connecting' ? connectingActs.back(model) : stay(model);
}

function gone(model: Model, aim: Exclude<Aim, { kind: 'command' }>): Step {
  switch (aim.kind) {
    case 'rollout': {
      const cursor = model.rollouts.findIndex(({ id }) => id === aim.open.id);
      const rest = model.places.slice(1).filter(({ name }) => name !== 'rollouts');
      const here: Model = { ...model, places: [model.places[0], ...rest] };
      const read = { kind: 'read-open-rollouts', isAgain: true } as const;
      return and(opened(here, { name: 'rollouts', cursor: Math.max(0, cursor) }), read);
    }
    case 'profile': {
      const cursor = Math.max(0, (model.profiles.value ?? []).indexOf(aim.entry));
      return toNacos(model, aim.entry.spec, cursor);
    }
    case 'visit':
      return visited(model, aim.visit);
    case 'namespace':
      return toNamespace(backTo(model, { name: 'services', filter: '', cursor: 0 }), aim.id);
    case 'instance': {
      const { instance } = aim.row;
      const cursor = instanceRows(model).findIndex(
        (row) => serviceKey(row.instance) === serviceKey(instance) && isSameEndpoint(row.instance, instance),
      );
      const there = backTo(model, { name: 'instances', cursor: Math.max(0, cursor) });
      return stay(changed(there, 'instances', (place) => ({ ...place, cursor: Math.max(0, cursor) })));
    }
    case 'service': {
      const there = backTo(model, { name: 'services', filter: '', cursor: 0 });
      const unfiltered = changed(there, 'services', (place) => ({ ...place, filter: '' }));
      return openedInstances(pointedAt(unfiltered, serviceKey(aim.service)), [aim.service], false);
    }
  }
}
