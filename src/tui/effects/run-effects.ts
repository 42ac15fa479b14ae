import type { UiEffect } from '../model/effect.ts';
import { examine, mend } from './examine.ts';
import { catalogueEffect } from './run-catalogue.ts';
import { launchEffect } from './run-launch.ts';
import { planningEffect } from './run-planning.ts';
import type { Session } from './session.ts';

/** The one place where the console reaches outside. */
export async function runEffect(session: Session, effect: UiEffect): Promise<void> {
  switch (effect.kind) {
    case 'exit':
      session.exit(effect.exitCode, effect.exitSummary);
      return;
    case 'copy': {
      session.copy(effect.text);
      const path = await session.ports.keepCopy(effect.text);
      session.dispatch({ type: 'copied', lines: effect.text.split('\n').length, path });
      return;
    }
    case 'speak':
      session.speak(effect.language);
      return;
    case 'examine':
      return examine(session);
    case 'mend':
      return mend(session, effect);
    case 'read-profiles':
    case 'save-profile':
    case 'remove-profile':
    case 'try-profile':
    case 'forget-trial':
    case 'connect':
    case 'forget-connect':
    case 'read-services':
    case 'follow-services':
    case 'count-service':
    case 'read-service-consumers':
    case 'read-namespaces':
    case 'read-instances':
    case 'read-beside':
    case 'switch-on':
      return catalogueEffect(session, effect);
    case 'make-plan':
    case 'review':
    case 'list-requests':
    case 'read-consumers':
    case 'save-plan':
      return planningEffect(session, effect);
    default:
      return launchEffect(session, effect);
  }
}
