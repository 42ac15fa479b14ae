import type { Model } from '../../model/model.ts';
import { front, replaceFront } from '../../model/navigation.ts';
import type { PaneView } from '../../model/place.ts';
import { focusedPane, layoutFor, paneView, panesIn } from '../../panes/layouts.ts';
import { type Place, isOverlay } from '../../model/place.ts';
import { type Step, stay } from './transition.ts';

/** For every screen that has panes. */
export const paneActs = {
  'next-pane': (model: Model): Step => stay(focusMoved(model, 1)),
  'pane-before': (model: Model): Step => stay(focusMoved(model, -1)),
  zoom: (model: Model): Step => stay(withView(model, ({ isZoomed }) => ({ isZoomed: !isZoomed }))),
};

/** The places whose panes may be changed. */
type Paned = Extract<Place, { panes?: PaneView }>;

/** With the view of the front screen changed, where it has panes. */
export function withView(model: Model, change: (view: PaneView) => Partial<PaneView>): Model {
  const place = front(model);
  if (!isPaned(place)) return model;
  const view = paneView(place);
  return replaceFront(model, { ...place, panes: { ...view, ...change(view) } });
}

function isPaned(place: Place): place is Paned {
  return place.name === 'services' || place.name === 'instances' || place.name === 'rollout';
}

function focusMoved(model: Model, by: 1 | -1): Model {
  const place = front(model);
  const split = isOverlay(place) ? undefined : layoutFor(place, model.size);
  const focused = focusedPane(model, place);
  if (split === undefined || focused === undefined) return model;
  const names = panesIn(split);
  return withView(model, () => ({ focused: names.at((names.indexOf(focused) + by) % names.length) }));
}
