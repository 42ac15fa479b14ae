import type { Panes } from '../../components/panes.ts';
import type { Model } from '../../model/model.ts';
import { screenNamed } from '../../model/navigation.ts';
import { instanceRows } from '../../view/instance-rows.ts';
import { capacityLines } from './capacity-lines.ts';
import { instanceTable, remarkLines } from './instances-table.ts';
import { metadataLines } from './metadata-lines.ts';

/** The panes of the instances screen; none until there is an instance to point at. */
export function instancesPanes(model: Model): Panes {
  const rows = instanceRows(model);
  const cursor = screenNamed(model, 'instances')?.cursor ?? 0;
  const pointed = rows[Math.min(cursor, rows.length - 1)];
  if (pointed === undefined) return {};
  const instances = rows.map(({ instance }) => instance);
  return {
    instances: {
      from: 'list',
      lines: (paint) => instanceTable(model, rows, pointed, remarkLines(pointed, paint), paint),
    },
    metadata: { from: 'top', lines: (paint) => metadataLines(pointed, instances, paint) },
    capacity: { from: 'top', lines: (paint) => capacityLines(model, paint) },
  };
}
