/** How applications speak to a Nacos that do so by HTTP: v1 wherever it is, as all before 3.2 understand it alike. */
export type ClientApi = 'v1' | 'v3';

/** A service, `GROUP@@name` unless it is of the usual group, as an application names it. */
export function namingQuery(service: string, api: ClientApi): Record<string, string> {
  const at = api === 'v1' ? -1 : service.indexOf('@@');
  if (at < 0) return { serviceName: service };
  return { groupName: service.slice(0, at), serviceName: service.slice(at + 2) };
}
