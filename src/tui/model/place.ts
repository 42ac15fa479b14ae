import type { PasswordEffect, UiEffect } from './effect.ts';
import type { Field } from './field.ts';
import type { Problem } from './notice.ts';
import type { ProfileField, ProfileValues, Trial, TypedAt } from './profile-fields.ts';

/** Where a chosen thing is, or the first line of what is read; past the last one it follows the end. */
type Cursor = { readonly cursor: number };
/** A part of a screen that has a title and is drawn by itself. */
export type PaneName =
  | 'targets'
  | 'timeline'
  | 'consumers'
  | 'happened'
  | 'output'
  | 'instances'
  | 'metadata'
  | 'capacity'
  | 'services'
  | 'makeup';

/** Which pane of a screen the keys that move are for, whether it fills the screen, and how far each was scrolled. */
export type PaneView = {
  /** Undefined, or not there at this size: the first. */
  readonly focused?: PaneName | undefined;
  readonly isZoomed: boolean;
  /** The first line that is shown; past the last one it follows the end. */
  readonly scrolled: Readonly<Partial<Record<PaneName, number>>>;
};

/** A screen that is divided where the window is large enough. */
type Paned = { readonly panes?: PaneView };

/** What was looked for in what is read, and the line in which it was found last. */
type Reading = Cursor & { readonly search?: { readonly text: string; readonly at: number } };

/** Screens fill the console. */
export type Screen =
  | ({ readonly name: 'offer'; readonly shownAtMs: number } & Cursor)
  | ({ readonly name: 'profiles' } & Cursor)
  | {
      readonly name: 'connecting';
      readonly effect: UiEffect & { readonly kind: 'connect' };
      /** On the monotonic clock. */
      readonly sinceMs: number;
      /** Why it was not reached. */
      readonly problem?: Problem;
    }
  | ({
      readonly name: 'profile-form';
      readonly values: ProfileValues;
      readonly typedAt: TypedAt;
      readonly original: string | undefined;
      readonly trial?: Trial | undefined;
    } & Cursor)
  | ({ readonly name: 'services'; readonly filter: string } & Cursor & Paned)
  | ({ readonly name: 'instances' } & Cursor & Paned)
  | ({ readonly name: 'order' } & Cursor)
  | ({ readonly name: 'review' } & Cursor)
  | ({ readonly name: 'rollouts' } & Cursor)
  | ({ readonly name: 'doctor' } & Cursor)
  | ({
      readonly name: 'rollout';
      /** Until a key moves it the cursor follows what is under way. */
      readonly isFollowing: boolean;
    } & Cursor &
      Paned);

/** Questions and lists in front of a screen. */
export type Overlay =
  | ({ readonly name: 'help' } & Reading)
  | ({ readonly name: 'namespaces' } & Cursor)
  | ({ readonly name: 'palette'; readonly field: Field } & Cursor)
  /** In front of what is read. */
  | { readonly name: 'search'; readonly field: Field }
  | { readonly name: 'filter'; readonly field: Field }
  | { readonly name: 'edit'; readonly field: Field; readonly what: ProfileField | 'setting' }
  | { readonly name: 'prompt'; readonly field: Field; readonly purpose: Purpose }
  | {
      readonly name: 'confirm';
      readonly question: Question;
      readonly about?: string;
      readonly effect: UiEffect;
    }
  | { readonly name: 'abort' }
  | { readonly name: 'quit' }
  | ({ readonly name: 'log'; readonly target: string; readonly path: string } & Reading)
  | ({ readonly name: 'callers'; readonly target: string } & Reading)
  | ({ readonly name: 'registrations'; readonly target: string } & Reading)
  | ({ readonly name: 'text'; readonly title: TextTitle; readonly lines: readonly string[] } & Reading);

export type Place = Screen | Overlay;
export type PlaceName = Place['name'];
export type PlaceNamed<Name extends PlaceName> = Extract<Place, { name: Name }>;

export type TextTitle = 'report' | 'requests' | 'reached' | 'consumers';

/** What a typed text is for. */
export type Purpose =
  | { readonly kind: 'password'; readonly user: string; readonly effect: PasswordEffect }
  | { readonly kind: 'confirm-name'; readonly service: string; readonly effect: UiEffect }
  | { readonly kind: 'override'; readonly service: string }
  | { readonly kind: 'companion'; readonly service: string }
  | { readonly kind: 'metadata-key' }
  | { readonly kind: 'gone' };

export type Question =
  | 'remove-profile'
  | 'skip-drain'
  | 'pass-gate'
  | 'retry-gate'
  | 'retry'
  | 'retry-target'
  | 'leave-off'
  | 'leave-on'
  | 'put-on'
  | 'take-as-done'
  | 'roll-back'
  | 'take-new'
  | 'carry-on'
  | 'take-over'
  | 'put-back'
  | 'abandon'
  | 'switch-on'
  | 'mend';

const overlays: readonly PlaceName[] = [
  'help',
  'namespaces',
  'palette',
  'search',
  'filter',
  'edit',
  'prompt',
  'confirm',
  'abort',
  'quit',
  'log',
  'callers',
  'registrations',
  'text',
];

export function isOverlay(place: Place): place is Overlay {
  return overlays.includes(place.name);
}
