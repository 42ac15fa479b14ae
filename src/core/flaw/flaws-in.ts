import * as z from 'zod';
import { nearest } from '../text/nearest.ts';
import type { Flaw, FlawKind, Path, Wanted } from './flaw.ts';
import { meantGateKey } from './gate-key.ts';

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;
type Fields = Readonly<Record<string, unknown>>;

/** All that keeps a value from being what the schema says; empty where it is. */
export function flawsIn(schema: Schema, value: unknown): readonly Flaw[] {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return [];
  const flaws = parsed.error.issues.flatMap((issue) => flawsOf(issue, schema, value));
  return flaws.filter((flaw) => !flaws.some((other) => isSlipOf(other, flaw) || isInside(other, flaw)));
}

/** Of two that speak of one place, the nearer one says it. */
function isInside({ path }: Flaw, { path: outer }: Flaw): boolean {
  return path.length > outer.length && outer.every((key, at) => key === path[at]);
}

/** A key with a slip is missing under its right name too, and that says nothing new. */
function isSlipOf({ path, what }: Flaw, missing: Flaw): boolean {
  if (what.kind !== 'no-such-key' || missing.what.kind !== 'missing') return false;
  const isSibling =
    path.length === missing.path.length && path.slice(0, -1).every((key, at) => key === missing.path[at]);
  return isSibling && what.similar === missing.path.at(-1);
}

function flawsOf(issue: Issue, schema: Schema, value: unknown): readonly Flaw[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const here = schemaAt(schema, path);
  const found = valueAt(value, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => strayKey(key, issue, path, here));
  if (issue.code === 'invalid_union' && here instanceof z.ZodUnion && found !== undefined)
    return flawsOfUnion(here, found, issue.message).map((flaw) => ({
      ...flaw,
      path: [...path, ...flaw.path],
    }));
  return [{ path, isKey: false, what: kindOf(issue, found) }];
}

function strayKey(key: string, issue: Issue, path: Path, schema: Schema | undefined): Flaw {
  const known = schema === undefined ? [] : keysOf(schema);
  const gate = meantGateKey(key);
  const here = [gate, 'gates'].find((one) => one !== undefined && known.includes(one));
  if (gate !== undefined && here === undefined)
    return { path: [...path, key], isKey: true, what: { kind: 'gate-elsewhere', key } };
  const similar = gate === undefined ? nearest(key, known) : here;
  const isPlain = issue.message.startsWith('Unrecognized key');
  const what: FlawKind =
    similar === undefined && !isPlain
      ? { kind: 'form', form: issue.message }
      : { kind: 'no-such-key', key, known, ...(similar !== undefined && { similar }) };
  return { path: [...path, key], isKey: true, what };
}

function kindOf(issue: Issue, found: unknown): FlawKind {
  if (found === undefined && issue.code !== 'custom') return { kind: 'missing' };
  const isOwn = !/^(Invalid|Too|Unrecognized)\b/.test(issue.message);
  if (isOwn) return { kind: 'form', form: issue.message };
  if (issue.code === 'invalid_value') return strayWord(found, issue.values.map(String));
  if (issue.code === 'invalid_type') return { kind: 'wrong-type', wanted: wantedOf(issue.expected) };
  if (issue.code === 'too_small' || issue.code === 'too_big') return outOfRange(issue);
  return { kind: 'form', form: issue.message.replace(/^Invalid input: /, '') };
}

function outOfRange(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): FlawKind {
  const isLeast = issue.code === 'too_small';
  const value = Number(isLeast ? issue.minimum : issue.maximum);
  const isNumber = issue.origin === 'number' || issue.origin === 'int';
  if (isLeast && !isNumber && value === 1) return { kind: 'empty' };
  return { kind: 'out-of-range', limit: isLeast ? 'least' : 'most', value };
}

function strayWord(found: unknown, known: readonly string[]): FlawKind {
  const typed = typeof found === 'string' ? found : JSON.stringify(found);
  if (known.includes(typed)) return { kind: 'quoted', word: typed };
  const similar = typeof found === 'string' ? nearest(typed, known) : undefined;
  return { kind: 'no-such-word', typed, known, ...(similar !== undefined && { similar }) };
}

function wantedOf(expected: string): Wanted {
  switch (expected) {
    case 'array':
      return 'list';
    case 'object':
    case 'record':
      return 'mapping';
    case 'number':
      return 'number';
    case 'int':
      return 'whole-number';
    case 'boolean':
      return 'boolean';
    default:
      return 'text';
  }
}

/**
 * None of the forms fits: what is wrong with the one that was meant, where that can be told, else `message`, which says
 * what the forms are.
 */
function flawsOfUnion(union: Schema, value: unknown, message: string): readonly Flaw[] {
  const forms = formsOf(union);
  const meant = isFields(value) ? meantByKeys(forms, value) : forms.filter((form) => isOfType(form, value));
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return flawsIn(only, value);
  if (isFields(value) && only === undefined) {
    const slip = slippedKey(forms, value);
    if (slip !== undefined) return [slip];
  }
  const isOwn = !message.startsWith('Invalid input');
  const words = isFields(value) ? [] : forms.flatMap(wordsOf);
  const similar = typeof value === 'string' ? nearest(value, words) : undefined;
  if (similar !== undefined || (!isOwn && words.length > 0))
    return [{ path: [], isKey: false, what: strayWord(value, words) }];
  const keys = [...new Set(forms.flatMap(requiredOf))];
  return [
    { path: [], isKey: false, what: { kind: 'form', form: isOwn ? message : `write ${keys.join(' or ')}` } },
  ];
}

/** The forms of which all that must be there is there. */
function meantByKeys(forms: readonly Schema[], value: Fields): readonly Schema[] {
  return forms.filter((form) => {
    const required = requiredOf(form);
    return required.length > 0 && required.every((key) => value[key] !== undefined);
  });
}

function slippedKey(forms: readonly Schema[], value: Fields): Flaw | undefined {
  const known = [...new Set(forms.flatMap(keysOf))];
  for (const key of Object.keys(value)) {
    const similar = known.includes(key) ? undefined : nearest(key, known);
    if (similar !== undefined)
      return { path: [key], isKey: true, what: { kind: 'no-such-key', key, similar, known } };
  }
  return undefined;
}

function isOfType(form: Schema, value: unknown): boolean {
  if (form instanceof z.ZodArray) return Array.isArray(value);
  if (form instanceof z.ZodString) return typeof value === 'string';
  return form instanceof z.ZodNumber && typeof value === 'number';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of a union all that it may be, of unions in it too. */
function formsOf(schema: Schema): readonly Schema[] {
  const bare = bareOf(schema);
  return bare instanceof z.ZodUnion ? bare.options.flatMap(formsOf) : [bare];
}

function bareOf(schema: Schema): Schema {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bareOf(schema.unwrap()) : schema;
}

function wordsOf(form: Schema): readonly string[] {
  if (form instanceof z.ZodEnum) return form.options.map(String);
  return form instanceof z.ZodLiteral ? [...form.values].map(String) : [];
}

function shapeOf(form: Schema): Readonly<Record<string, Schema>> {
  return form instanceof z.ZodObject ? form.shape : {};
}

function keysOf(schema: Schema): readonly string[] {
  return [...new Set(formsOf(schema).flatMap((form) => Object.keys(shapeOf(form))))];
}

function requiredOf(form: Schema): readonly string[] {
  return Object.entries(shapeOf(form)).flatMap(([key, field]) =>
    field instanceof z.ZodOptional || field instanceof z.ZodDefault ? [] : [key],
  );
}

/** The schema of what stands there; undefined where it may be of several forms. */
function schemaAt(schema: Schema, path: Path): Schema | undefined {
  const bare = bareOf(schema);
  const [key, ...rest] = path;
  if (key === undefined) return bare;
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest);
  if (bare instanceof z.ZodRecord) return schemaAt(bare.valueType, rest);
  const field = shapeOf(bare)[key];
  return field && schemaAt(field, rest);
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) found = (found as Readonly<Record<string | number, unknown>> | undefined)?.[key];
  return found;
}
