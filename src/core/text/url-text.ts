const loginForm = /^(\w+:\/\/)[^/?#]*@/;
const parameterForm = /([?&;])([^=&;#]*)=[^&;#]*/g;
/** What secrets are called in a query: `token`, `access_token`, `apiKey`, `X-Amz-Signature`. */
const secretName =
  /(token|passw(or)?d|pwd|secret|signature|authorization|credentials?|(api|access)[_-]?key|(^|[_.-])(key|sig|auth))$/i;

export function hasLogin(url: string): boolean {
  return loginForm.test(url);
}

/** A URL as people are shown it: without the login that may stand before its host, and without secrets in its query. */
export function urlText(url: string): string {
  return url
    .replace(loginForm, '$1…@')
    .replace(parameterForm, (parameter, separator: string, name: string) =>
      secretName.test(name) ? `${separator}${name}=…` : parameter,
    );
}

/** Whether it is a URL once its placeholders are filled: `http://` alone is none. */
export function isUrlForm(text: string): boolean {
  const filled = text.replaceAll(/\{[\w.-]+\}/g, (_all, at: number) => (text[at - 1] === '[' ? '::1' : '1'));
  return /^https?:\/\/[^/?#]/i.test(filled) && URL.canParse(filled);
}
