import {
  type Document,
  LineCounter,
  type Node,
  type Pair,
  type YAMLError,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import type { Path, Place, PlanFlaw } from '../../core/flaw/flaw.ts';

export type ParsedYaml =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Of a value; of what is missing, the mapping that lacks it. */
      readonly placeOf: (path: Path) => Place | undefined;
      readonly keyPlaceOf: (path: Path) => Place | undefined;
    }
  | { readonly ok: false; readonly flaw: PlanFlaw };

/** One document of YAML whose top is a mapping, or why it is none. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = documentOf(text, lines);
  if (document === undefined) return { ok: false, flaw: { kind: 'too-deep' } };
  const placeAt = (offset: number | undefined): Place | undefined => {
    const { line, col } = lines.linePos(offset ?? -1);
    return offset === undefined || line === 0 ? undefined : { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) {
    const flaw = flawOf(error, text);
    // How deep the parser gets depends on the stack that is left.
    const place = flaw.kind === 'too-deep' ? undefined : placeAt(error.pos[0]);
    return { ok: false, flaw: { ...flaw, ...(place && { place }) } };
  }
  if (!isMap(document.contents))
    return { ok: false, flaw: { kind: 'no-mapping', place: { line: 1, column: 1 } } };
  const value = valueOf(document);
  if (value === undefined) {
    const place = placeAt(startOf(strayAlias(document)));
    return { ok: false, flaw: { kind: 'aliases', ...(place && { place }) } };
  }
  return {
    ok: true,
    value: value.value,
    placeOf: (path) => placeAt(startOf(nodeAt(document, path))),
    keyPlaceOf: (path) => {
      const pair = pairIn(nodeAt(document, path.slice(0, -1)), path.at(-1));
      return placeAt(startOf(isNode(pair?.key) ? pair.key : nodeAt(document, path)));
    },
  };
}

function flawOf(error: YAMLError, text: string): PlanFlaw {
  if (error.code === 'MULTIPLE_DOCS') return { kind: 'several-documents' };
  if (error.code === 'RESOURCE_EXHAUSTION' || error.message.startsWith('Maximum call stack'))
    return { kind: 'too-deep' };
  if (error.code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[^\s:,{}[\]]+/.exec(text.slice(error.pos[0])) ?? [];
    return { kind: 'key-twice', key };
  }
  if (error.code === 'TAB_AS_INDENT') return { kind: 'tab' };
  return { kind: 'yaml', detail: error.message.split('\n')[0] ?? '' };
}

/** The parser goes down into what is nested by calling itself, and may run out of stack: not each time is that among its errors. */
function documentOf(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { prettyErrors: false, logLevel: 'error', lineCounter });
  } catch {
    return undefined;
  }
}

/** The parser throws for an alias of nothing, and for aliases of aliases that would fill the memory. */
function valueOf(document: Document.Parsed): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS() };
  } catch {
    return undefined;
  }
}

function strayAlias(document: Document.Parsed): Node | undefined {
  let stray: Node | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      stray = alias;
      return visit.BREAK;
    },
  });
  return stray;
}

/** The node there, or the last one on the way to it. */
function nodeAt(document: Document.Parsed, path: Path): Node | undefined {
  let node: Node | undefined = document.contents ?? undefined;
  for (const key of path) {
    const whole: Node | undefined = isAlias(node) ? node.resolve(document) : node;
    const next: unknown = isSeq(whole) ? whole.items[Number(key)] : pairIn(whole, key)?.value;
    if (!isNode(next)) return node;
    node = next;
  }
  return node;
}

function pairIn(node: Node | undefined, key: string | number | undefined): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key) === String(key));
}

function startOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}
