import type { Model, Size } from '../model/model.ts';
import { type PaneName, type PaneView, type Place, type Screen, isOverlay } from '../model/place.ts';

/** Panes beside or below each other, each with its share of the room. */
export type Split = PaneName | { readonly beside: readonly Part[] } | { readonly below: readonly Part[] };
type Part = readonly [share: number, split: Split];

type Layout = { readonly from: Size; readonly split: Split };

/** Side by side and one below the other, each with its share. */
const beside = (...parts: readonly Part[]): Split => ({ beside: parts });
const below = (...parts: readonly Part[]): Split => ({ below: parts });

/** By screen, the largest first: how it is divided from a size on. Below the last one it has no panes. */
const layouts: Readonly<Partial<Record<Screen['name'], readonly Layout[]>>> = {
  services: [{ from: { columns: 110, rows: 30 }, split: beside([62, 'services'], [38, 'makeup']) }],
  instances: [
    {
      from: { columns: 150, rows: 40 },
      split: beside([52, 'instances'], [48, below([70, 'metadata'], [30, 'capacity'])]),
    },
    {
      from: { columns: 110, rows: 30 },
      split: below([56, 'instances'], [44, beside([66, 'metadata'], [34, 'capacity'])]),
    },
  ],
  rollout: [
    {
      from: { columns: 150, rows: 40 },
      split: beside(
        [60, below([60, 'targets'], [40, 'happened'])],
        [40, below([40, 'timeline'], [32, 'consumers'], [28, 'output'])],
      ),
    },
    {
      from: { columns: 110, rows: 30 },
      split: below(
        [54, 'targets'],
        [
          46,
          beside(
            [50, below([56, 'timeline'], [44, 'consumers'])],
            [50, below([60, 'happened'], [40, 'output'])],
          ),
        ],
      ),
    },
  ],
};

export function layoutFor(screen: Screen, size: Size): Split | undefined {
  return layouts[screen.name]?.find(({ from }) => size.columns >= from.columns && size.rows >= from.rows)
    ?.split;
}

/** From the first, which has the cursor of the screen, to the last. */
export function panesIn(split: Split): readonly PaneName[] {
  if (typeof split === 'string') return [split];
  return ('beside' in split ? split.beside : split.below).flatMap(([, part]) => panesIn(part));
}

const untouched: PaneView = { isZoomed: false, scrolled: {} };

export function paneView(place: Place): PaneView {
  return ('panes' in place ? place.panes : undefined) ?? untouched;
}

/** The pane that the keys are for; undefined where the screen has none. */
export function focusedPane({ size }: Pick<Model, 'size'>, place: Place): PaneName | undefined {
  const split = isOverlay(place) ? undefined : layoutFor(place, size);
  if (split === undefined) return undefined;
  const names = panesIn(split);
  const { focused } = paneView(place);
  return names.find((name) => name === focused) ?? names[0];
}
