import type { RegistryError } from '../../core/registry/registry-error.ts';

type Attempt = {
  readonly address: string;
  readonly afterMs: number;
  readonly wasSent: boolean;
  readonly isRead: boolean;
};

const isTlsCode = (code: string): boolean =>
  /^ERR_(TLS|SSL)_|CERT|_ISSUER|UNABLE_TO_|^EPROTO$|^CRL_/.test(code);

const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

function causeOf(thrown: unknown): { readonly code: string; readonly detail: string; readonly name: string } {
  if (!(thrown instanceof Error)) return { code: '', detail: String(thrown), name: '' };
  // Several addresses of one host name fail together; the first says enough.
  const inner: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const error = inner instanceof Error ? inner : thrown;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, detail: error.message || code || error.name, name: error.name };
}

/** Why no answer could be read, from what the HTTP client threw. */
export function connectionFailure(thrown: unknown, attempt: Attempt): RegistryError {
  const { address, afterMs, wasSent, isRead } = attempt;
  const { code, detail, name } = causeOf(thrown);
  if (isTlsCode(code)) return { kind: 'tls', address, detail };
  if (name === 'HTTPParserError' || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return { kind: 'not-nacos', address, detail };
  }
  if (timeoutCodes.has(code))
    return { kind: 'timeout', address, afterMs, wasSent, ...(isRead && { isRead }) };
  if (wasSent) {
    // TLS 1.3 asks for a client certificate only after the request may have gone out.
    const hint = address.startsWith('https:') ? '; perhaps the server wants a client certificate' : '';
    return { kind: 'server-error', status: 0, detail: `the connection broke: ${detail}${hint}` };
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    const hint = address.startsWith('https:') ? '; does this port speak https?' : '';
    return {
      kind: 'unreachable',
      addresses: [address],
      detail: `no connection within ${Math.round(afterMs / 1000)} s${hint}`,
    };
  }
  return { kind: 'unreachable', addresses: [address], detail };
}
