import type { Model } from '../model/model.ts';
import { screenOf } from '../model/navigation.ts';
import type { OffReason } from '../model/notice.ts';
import { serviceRows } from '../view/service-rows.ts';
import { focusedPane } from '../panes/layouts.ts';

/** Why there is no pane to go to, or to let fill the screen; asked by the palette too, which lies over it. */
function choosePane(model: Model): OffReason | undefined {
  const screen = screenOf(model);
  // Without a service to point at its screen is not divided.
  if (screen.name === 'services' && serviceRows(model).length === 0) return 'nothing-here';
  return focusedPane(model, screen) === undefined ? 'no-panes' : undefined;
}

/** The keys of the screens that are divided where the window is large enough. */
export const panes = [
  { name: 'next-pane', keys: ['tab'], rank: 6, off: choosePane },
  { name: 'pane-before', keys: ['shift-tab'], off: choosePane },
  { name: 'zoom', keys: ['z'], rank: 6, off: choosePane },
] as const;
