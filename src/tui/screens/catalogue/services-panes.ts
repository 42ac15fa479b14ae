import type { Panes } from '../../components/panes.ts';
import type { Model } from '../../model/model.ts';
import { screenNamed } from '../../model/navigation.ts';
import { serviceRows } from '../../view/service-rows.ts';
import { makeupLines } from './makeup-lines.ts';
import { serviceTable } from './services-table.ts';

/** The panes of the services screen; none until there is a service to point at. */
export function servicesPanes(model: Model): Panes {
  const screen = screenNamed(model, 'services');
  const pointed = screen && serviceRows(model)[screen.cursor];
  if (screen === undefined || pointed === undefined) return {};
  return {
    services: { from: 'list', lines: (paint) => serviceTable(model, screen, paint) },
    makeup: { from: 'top', lines: (paint) => makeupLines(model, pointed, paint) },
  };
}
