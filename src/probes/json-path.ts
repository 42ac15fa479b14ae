/** What a field of an object holds; undefined for what is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** What stands at `data.calls.0`: names of fields, and places in lists from 0. Undefined where nothing does. */
export function atPath(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => {
    if (Array.isArray(inner)) return /^\d+$/.test(name) ? (inner as unknown[])[Number(name)] : undefined;
    return fieldOf(inner, name);
  }, value);
}
