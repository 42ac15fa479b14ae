/** A URL as people are shown it: without the login that may stand before its host. */
export function urlText(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/?#]*@/, '$1…@');
}
