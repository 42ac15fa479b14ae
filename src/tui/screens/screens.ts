import type { Line } from '../line.ts';
import type { Model } from '../model.ts';
import type { Paint } from '../paint.ts';
import type { Screen } from '../place.ts';
import { instancesScreen } from './instances.ts';
import { offerScreen } from './offer.ts';
import { orderScreen } from './order.ts';
import { profileFormScreen } from './profile-form.ts';
import { profilesScreen } from './profiles.ts';
import { reviewScreen } from './review.ts';
import { rolloutScreen } from './rollout.ts';
import { servicesScreen } from './services.ts';

/** What a screen says under the header, and what fills it. */
export type Drawn = { readonly title: Line; readonly body: readonly Line[] };

export function screenLines(model: Model, screen: Screen, paint: Paint): Drawn {
  switch (screen.name) {
    case 'offer':
      return offerScreen(model, screen, paint);
    case 'profiles':
      return profilesScreen(model, screen, paint);
    case 'profile-form':
      return profileFormScreen(model, screen, paint);
    case 'services':
      return servicesScreen(model, screen, paint);
    case 'instances':
      return instancesScreen(model, screen, paint);
    case 'order':
      return orderScreen(model, screen, paint);
    case 'review':
      return reviewScreen(model, screen, paint);
    case 'rollout':
      return rolloutScreen(model, paint);
  }
}
