export function zonesOneByOne(zones: readonly string[]): string {
  return `one at a time: ${zones.map(zoneName).join(' → ')}`;
}

/** '' are those whose metadata does not say. */
export function zoneName(zone: string): string {
  return zone === '' ? 'no zone' : `zone ${zone}`;
}
