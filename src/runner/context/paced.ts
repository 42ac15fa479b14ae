/** So many lists of services a second are asked of a server node by one who watches. */
const lookedAtPerSecond = 25;

/** How often many registrations are looked at, each of another service, that would be looked at so often if they were few. */
export function pacedMs(everyMs: number, registrations: number): number {
  return Math.max(everyMs, Math.ceil((registrations * 1000) / lookedAtPerSecond));
}
