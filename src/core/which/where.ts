import * as z from 'zod';
import { addressText, isSameAddress } from '../registry/address.ts';
import { endpointText, type Instance } from '../registry/service.ts';
import { compareTexts } from '../text/compare-texts.ts';
import { isOfPattern } from '../text/glob.ts';
import { nearest } from '../text/nearest.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What an instance must be to be rolled. `key`: `ip`, `cluster`, `weight`, or one of its metadata. */
type Condition = {
  readonly key: string;
  readonly isMetadata: boolean;
  readonly comparison: Comparison;
  /** One of these, with `*` for anything; a weight is one number. */
  readonly values: readonly string[];
};

const whereForm =
  'a condition is written zone=a, zone=a,b, version!=2.3.*, ip=10.0.1.*, cluster=DEFAULT or weight>0; what is neither ip, cluster nor weight is a key of the metadata';

/** `zone=a`, as it is typed and as a plan file has it. */
export const whereSchema = z.string().refine((text) => parseWhere(text) !== undefined, whereForm);

const ownKeys = ['ip', 'cluster', 'weight'];
const expression = /^\s*([^=!<>\s][^=!<>]*?)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*$/s;
const number = /^\d{1,9}(\.\d{1,9})?$/;

/** Undefined for what is no condition: only a weight is more or less, and only metadata may be nothing. */
export function parseWhere(text: string): Condition | undefined {
  const [, name = '', comparison, value = ''] = expression.exec(text) ?? [];
  if (comparison === undefined) return undefined;
  const named = /^metadata\.(.+)$/s.exec(name)?.[1];
  const isMetadata = named !== undefined || !ownKeys.includes(name);
  const key = named ?? name;
  const isWeight = !isMetadata && key === 'weight';
  if (isWeight ? !number.test(value) : !['=', '!='].includes(comparison)) return undefined;
  if (/^[=<>]/.test(value) || (value === '' && !isMetadata)) return undefined;
  const values = isWeight ? [value] : value.split(',').map((one) => one.trim());
  return { key, isMetadata, comparison: comparison as Comparison, values };
}

function isTrue({ key, isMetadata, comparison, values }: Condition, instance: Instance): boolean {
  if (!isMetadata && key === 'weight') return comparesTo(instance.weight, comparison, Number(values[0]));
  const isAny = values.some((value) => {
    if (isMetadata) return isOfPattern(instance.metadata[key] ?? '', value);
    if (key === 'cluster') return isOfPattern(instance.cluster, value);
    return isSameAddress(instance.ip, value) || isOfPattern(addressText(instance.ip), value);
  });
  return isAny === (comparison === '=');
}

export function comparesTo(number: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '=':
      return number === limit;
    case '!=':
      return number !== limit;
    case '<':
      return number < limit;
    case '<=':
      return number <= limit;
    case '>':
      return number > limit;
    case '>=':
      return number >= limit;
  }
}

/** Services are written `GROUP@@name`. */
export type WhereProblem =
  /** No instance has it in its metadata. `where`: the condition that asks for it; absent where `notOn` does. */
  | {
      readonly kind: 'metadata-key-missing';
      readonly service: string;
      readonly key: string;
      readonly similar?: string;
      readonly keys: readonly string[];
      readonly where?: string;
    }
  /** `found`: what there is instead, where one condition alone leaves nobody. */
  | {
      readonly kind: 'nothing-fits';
      readonly service: string;
      readonly where: readonly string[];
      readonly found: readonly string[];
    };

/** Left out, as the metadata of each says that it is on the version that is wanted. Instances are `ip:port`. */
export type OnVersion = {
  readonly kind: 'on-version';
  readonly service: string;
  readonly version: string;
  readonly instances: readonly string[];
};

export type Fitting =
  | { readonly ok: true; readonly instances: readonly Instance[]; readonly notes: readonly OnVersion[] }
  | { readonly ok: false; readonly problem: WhereProblem };

const toldMax = 8;

/**
 * Those that fit `where`, and are not on the version of `notOn` yet. A key that no instance has is a slip of the fingers,
 * which would make `!=` true of all; conditions that nothing fits are one too. On the version all may be.
 */
export function fittingInstances(
  {
    where = [],
    notOn,
  }: { readonly where?: readonly string[] | undefined; readonly notOn?: string | undefined },
  service: string,
  instances: readonly Instance[],
  versionKey: string,
): Fitting {
  const conditions = where.flatMap((text) => {
    const condition = parseWhere(text);
    return condition === undefined ? [] : [{ text, condition }];
  });
  const asked = conditions.filter(({ condition }) => condition.isMetadata);
  const keys = [...new Set(instances.flatMap(({ metadata }) => Object.keys(metadata)))].toSorted(
    compareTexts,
  );
  const isThere = (key: string): boolean => keys.includes(key);
  const stray = asked.find(({ condition }) => !isThere(condition.key));
  const key = stray?.condition.key ?? (notOn !== undefined && !isThere(versionKey) ? versionKey : undefined);
  if (key !== undefined) {
    const similar = nearest(key, keys);
    const told = { service, key, keys: keys.slice(0, toldMax), ...(similar !== undefined && { similar }) };
    return {
      ok: false,
      problem: { kind: 'metadata-key-missing', ...told, ...(stray && { where: stray.text }) },
    };
  }
  const fitting = instances.filter((one) => conditions.every(({ condition }) => isTrue(condition, one)));
  if (fitting.length === 0) {
    const alone = conditions.find(({ condition }) => !instances.some((one) => isTrue(condition, one)));
    const texts = alone === undefined ? where : [alone.text];
    const found = alone === undefined ? [] : valuesOf(alone.condition, instances);
    return { ok: false, problem: { kind: 'nothing-fits', service, where: texts, found } };
  }
  const done = notOn === undefined ? [] : fitting.filter(({ metadata }) => metadata[versionKey] === notOn);
  const note = {
    kind: 'on-version',
    service,
    version: notOn ?? '',
    instances: done.map(endpointText),
  } as const;
  return {
    ok: true,
    instances: fitting.filter((one) => !done.includes(one)),
    notes: done.length === 0 ? [] : [note],
  };
}

function valuesOf({ key, isMetadata }: Condition, instances: readonly Instance[]): readonly string[] {
  const all = instances.map((one) => {
    if (isMetadata) return one.metadata[key] ?? '';
    if (key === 'weight') return String(one.weight);
    return key === 'cluster' ? one.cluster : addressText(one.ip);
  });
  return [...new Set(all)]
    .filter((value) => value !== '')
    .toSorted(compareTexts)
    .slice(0, toldMax);
}
