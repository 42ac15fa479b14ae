import { compareTexts } from '../../../core/text/compare-texts.ts';
import type { Instance } from '../../../core/registry/service.ts';

/** Instances that have the same metadata stand in one column. */
type Alike = { readonly first: Instance; readonly others: number };

type MetadataRow = {
  readonly key: string;
  /** Not the same for all, whether they are seen or not. */
  readonly isDifferent: boolean;
  /** One a column; undefined where it has none of the key. */
  readonly values: readonly (string | undefined)[];
};

export type MetadataBeside = { readonly columns: readonly Alike[]; readonly rows: readonly MetadataRow[] };

/** The metadata of the pointed instance, and beside it what others have; what differs comes first. */
export function metadataBeside(pointed: Instance, instances: readonly Instance[]): MetadataBeside {
  const alike = new Map<string, Alike>([[signatureOf(pointed), { first: pointed, others: 0 }]]);
  for (const instance of instances) {
    if (instance === pointed) continue;
    const signature = signatureOf(instance);
    const { first, others } = alike.get(signature) ?? { first: instance, others: -1 };
    alike.set(signature, { first, others: others + 1 });
  }
  const columns = [...alike.values()];
  const keys = new Set(columns.flatMap(({ first }) => Object.keys(first.metadata)));
  const rows = [...keys].toSorted(compareTexts).map((key): MetadataRow => {
    const values = columns.map(({ first }) => own(first, key));
    return { key, values, isDifferent: values.some((value) => value !== values[0]) };
  });
  return { columns, rows: rows.toSorted((a, b) => Number(b.isDifferent) - Number(a.isDifferent)) };
}

/** A key may be called as what every object has. */
function own({ metadata }: Instance, key: string): string | undefined {
  return Object.hasOwn(metadata, key) ? metadata[key] : undefined;
}

/** Made once for what was read, and not with each picture. */
const signatures = new WeakMap<Instance, string>();

function signatureOf(instance: Instance): string {
  const known = signatures.get(instance);
  if (known !== undefined) return known;
  const made = JSON.stringify(Object.entries(instance.metadata).toSorted(([a], [b]) => compareTexts(a, b)));
  signatures.set(instance, made);
  return made;
}
