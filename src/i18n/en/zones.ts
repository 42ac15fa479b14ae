/** '' are those whose metadata does not say. */
export function zoneName(zone: string): string {
  return zone === '' ? 'no zone' : `zone ${zone}`;
}
