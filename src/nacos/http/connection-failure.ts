import type { RegistryError } from '../../core/registry/registry-error.ts';
import { isNoTls, speakerOf, unresolvedBy } from '../../core/registry/speaker.ts';
import { grpcPort, httpsNeeded } from './other-port.ts';

type Attempt = {
  readonly address: string;
  readonly afterMs: number;
  readonly wasSent: boolean;
  readonly isRead: boolean;
};

const isTlsCode = (code: string): boolean =>
  /^ERR_(TLS|SSL)_|CERT|_ISSUER|UNABLE_TO_|^EPROTO$|^CRL_/.test(code);

const timeoutCodes = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

type Cause = {
  readonly code: string;
  readonly detail: string;
  readonly name: string;
  /** What was answered, where that is no HTTP. */
  readonly data: string;
};

function causeOf(thrown: unknown): Cause {
  if (!(thrown instanceof Error)) return { code: '', detail: String(thrown), name: '', data: '' };
  // Several addresses of one host name fail together; the first says enough.
  const inner: unknown = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const error = inner instanceof Error ? inner : thrown;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const data = 'data' in error && typeof error.data === 'string' ? error.data : '';
  return { code, detail: wordsOf(error) || code || error.name, name: error.name, data };
}

/** OpenSSL writes a thread, a number and a place in its own source around the reason. */
function wordsOf(error: Error): string {
  const isOpenSsl = /:error:[0-9A-F]+:/i.test(error.message);
  return isOpenSsl && 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}

/** Why no answer could be read, from what the HTTP client threw. */
export function connectionFailure(thrown: unknown, attempt: Attempt): RegistryError {
  const { address, afterMs, wasSent, isRead } = attempt;
  const { code, detail, name, data } = causeOf(thrown);
  if (isTlsCode(code)) {
    return isNoTls(detail)
      ? { kind: 'tls-absent', address, instead: address.replace(/^https:/, 'http:') }
      : { kind: 'tls', address, detail };
  }
  const found = speakerOf(data);
  if (found === 'http2') return grpcPort(address);
  if (found === 'tls') return httpsNeeded(address);
  if (name === 'HTTPParserError') return { kind: 'not-nacos', address, detail, found };
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { kind: 'not-nacos', address, detail };
  const host = unresolvedBy(thrown);
  if (host !== undefined) return { kind: 'unreachable', addresses: [address], detail: code, host };
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
