import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../new-directory.ts';

/** Gives the text of `ca.crt`, and of `server`, `other` and `client` with `.crt` and `.key`. */
export type OwnAuthority = (name: string) => string;

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of our own, a server at 127.0.0.1 that it knows, another one at 10.0.0.9, and a client. */
export function ownAuthority(): OwnAuthority {
  const folder = newDirectory('tls');
  const openssl = (...words: readonly string[]): void => {
    execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' });
  };
  const certify = (name: string, subject: string, extension: string): void => {
    const extensions = join(folder, `${name}.ext`);
    execFileSync('sh', ['-c', `printf '%s' "$1" > "$2"`, 'sh', extension, extensions]);
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', extensions];
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.crt`, '-days', '2');
  };
  const own = ['-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=our own CA', '-days', '2'];
  openssl('req', '-x509', ...key, ...own);
  certify('server', '/CN=nacos', 'subjectAltName=IP:127.0.0.1');
  certify('other', '/CN=other', 'subjectAltName=IP:10.0.0.9');
  certify('client', '/CN=operator', 'extendedKeyUsage=clientAuth');
  return (name) => readFileSync(join(folder, name), 'utf8');
}
