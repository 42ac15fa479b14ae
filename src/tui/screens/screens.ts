import { drawContextFor } from '../components/draw-context.ts';
import { type Panes, type ScrolledPane, scrolledSize } from '../components/panes.ts';
import type { Model } from '../model/model.ts';
import { front, screenOf } from '../model/navigation.ts';
import type { Drawn, DrawContext } from '../components/draw-context.ts';
import { type Screen, isOverlay } from '../model/place.ts';
import { connectingScreen } from './connecting.ts';
import { instancesScreen } from './catalogue/instances.ts';
import { instancesPanes } from './catalogue/instances-panes.ts';
import { offerScreen } from './offer.ts';
import { orderScreen } from './order.ts';
import { doctorScreen } from './machine/doctor.ts';
import { rolloutsScreen } from './machine/rollouts.ts';
import { profileFormScreen } from './profile-form.ts';
import { profilesScreen } from './profiles.ts';
import { reviewScreen } from './review.ts';
import { rolloutScreen } from './rollout/rollout.ts';
import { rolloutPanes } from './rollout/rollout-panes.ts';
import { roomOf } from './room.ts';
import { servicesScreen } from './catalogue/services.ts';
import { servicesPanes } from './catalogue/services-panes.ts';

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

/** The pane that the keys scroll; undefined where they move a cursor. */
export function scrolledPane(model: Model): ScrolledPane | undefined {
  if (isOverlay(front(model))) return undefined;
  return scrolledSize(model, panesOf(model), drawContextFor(model, roomOf(model)));
}

function panesOf(model: Model): Panes {
  const { following } = model;
  switch (screenOf(model).name) {
    case 'services':
      return servicesPanes(model);
    case 'instances':
      return instancesPanes(model);
    case 'rollout':
      return following === undefined ? {} : rolloutPanes(model, following);
    default:
      return {};
  }
}
