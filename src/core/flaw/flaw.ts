/** Where in a value something stands: keys, and places in lists from 0. */
export type Path = readonly (string | number)[];

/** What a value should be, where it is of another kind. */
export type Wanted = 'text' | 'number' | 'whole-number' | 'boolean' | 'list' | 'mapping';

/** One thing that is not right in what a person wrote. */
export type Flaw = {
  readonly path: Path;
  /** The key at the end of `path` is what is wrong, and not its value. */
  readonly isKey: boolean;
  readonly what: FlawKind;
};

export type FlawKind =
  | { readonly kind: 'no-such-key'; readonly key: string; readonly similar?: string; readonly known: Names }
  /** A gate is meant, and none stands here. */
  | { readonly kind: 'gate-elsewhere'; readonly key: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong-type'; readonly wanted: Wanted }
  /** None of the words that may stand here. */
  | {
      readonly kind: 'no-such-word';
      readonly typed: string;
      readonly similar?: string;
      readonly known: Names;
    }
  /** A number, or true or false, that is written as a text. */
  | { readonly kind: 'quoted'; readonly word: string }
  | { readonly kind: 'out-of-range'; readonly limit: 'least' | 'most'; readonly value: number }
  | { readonly kind: 'empty' }
  /** In the schema's own words: how it is written. */
  | { readonly kind: 'form'; readonly form: string };

type Names = readonly string[];

/** In a text, both from 1; columns are UTF-16 units, as editors count them. */
export type Place = { readonly line: number; readonly column: number };

/** Why a text is no plan file; `place` where it has one. */
export type PlanFlaw = { readonly place?: Place } & (
  | { readonly kind: 'flaw'; readonly flaw: Flaw }
  | { readonly kind: 'several-documents' | 'too-deep' | 'no-mapping' | 'aliases' | 'tab' }
  | { readonly kind: 'key-twice'; readonly key: string }
  /** In the parser's own words. */
  | { readonly kind: 'yaml'; readonly detail: string }
);
