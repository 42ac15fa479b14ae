/** Who may answer where HTTP was expected. */
export const speakers = [
  'ssh',
  'mysql',
  'redis',
  'mail',
  'ftp',
  'memcached',
  'http2',
  'tls',
  'no-http',
] as const;
export type Speaker = (typeof speakers)[number];

/** What each begins with, and nobody else. */
const greetings: readonly (readonly [Speaker, RegExp])[] = [
  ['ssh', /^SSH-\d/],
  // Its length, its number, the version of its protocol and its own; or why it lets nobody in.
  ['mysql', /^[\s\S]\0\0\0\n\d+\.\d|^[\s\S]{1,4}\0[\s\S]*(mysql|mariadb)/i],
  ['redis', /^-(ERR|DENIED|NOAUTH|WRONGPASS)\b/],
  ['mail', /^(220[ -][^\r\n]*(SMTP|mail)|\+OK\b|\* OK\b)/i],
  ['ftp', /^220[ -]/],
  ['memcached', /^ERROR\r\n/],
  // A SETTINGS frame, after the three bytes of its length.
  // eslint-disable-next-line no-control-regex
  ['http2', /^[\s\S]{3}\u0004\0\0\0\0\0/],
  // An alert: what was sent is no TLS.
  // eslint-disable-next-line no-control-regex
  ['tls', /^\u0015\u0003/],
];

/** Who answered with this, which is no HTTP. */
export function speakerOf(answer: string): Speaker {
  return greetings.find(([, form]) => form.test(answer))?.[0] ?? 'no-http';
}

/** What OpenSSL says of an answer that is no TLS. */
export function isNoTls(words: string): boolean {
  return /wrong version number|packet length too long|unexpected message|record layer failure/i.test(words);
}

/** The name that no address was found for. */
export function unresolvedBy(thrown: unknown): string | undefined {
  const { code, hostname } = (thrown ?? {}) as { code?: unknown; hostname?: unknown };
  const isUnresolved = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  return isUnresolved && typeof hostname === 'string' ? hostname : undefined;
}
