import type { Model } from '../model/model.ts';
import type { Drawn, DrawContext } from '../components/draw-context.ts';
import type { Screen } from '../model/place.ts';
import { connectingScreen } from './connecting.ts';
import { instancesScreen } from './instances.ts';
import { offerScreen } from './offer.ts';
import { orderScreen } from './order.ts';
import { doctorScreen } from './machine/doctor.ts';
import { rolloutsScreen } from './machine/rollouts.ts';
import { profileFormScreen } from './profile-form.ts';
import { profilesScreen } from './profiles.ts';
import { reviewScreen } from './review.ts';
import { rolloutScreen } from './rollout/rollout.ts';
import { servicesScreen } from './services.ts';

/** Title and body of one screen. */
export function screenLines(model: Model, screen: Screen, paint: DrawContext): Drawn {
  switch (screen.name) {
    case 'offer':
      return offerScreen(model, screen, paint);
    case 'profiles':
      return profilesScreen(model, screen, paint);
    case 'connecting':
      return connectingScreen(model, screen, paint);
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
    case 'doctor':
      return doctorScreen(model, screen, paint);
    case 'rollouts':
      return rolloutsScreen(model, screen, paint);
    case 'rollout':
      return rolloutScreen(model, paint);
  }
}
