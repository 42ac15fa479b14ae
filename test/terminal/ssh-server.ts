import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { newDirectory } from '../support/new-directory.ts';
import { until } from '../support/time/until.ts';

const sshd = '/usr/sbin/sshd';

/** Why there can be no SSH server here; undefined when there can. */
export function whyNoSshd(): string | undefined {
  return existsSync(sshd) ? undefined : `${sshd} is missing: install openssh-server`;
}

export type SshServer = {
  /** The words that log in here with a terminal, before the command. */
  readonly words: readonly string[];
  /** What `ssh -F` takes to log in as they do, whatever the host is called by. */
  readonly config: string;
  end(): void;
};

/** A throw-away SSH server on loopback with keys of its own; only this user gets in. Sessions have this PATH, where one is given. */
export async function startSshServer(sessionPath?: string): Promise<SshServer> {
  const directory = newDirectory('ssh');
  const path = (name: string): string => join(directory, name);
  for (const name of ['host', 'own'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path(name)]);
  writeFileSync(path('authorized'), readFileSync(path('own.pub')), { mode: 0o600 });
  const port = await freePort();
  writeFileSync(
    path('config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${path('host')}`,
      `AuthorizedKeysFile ${path('authorized')}`,
      `PidFile ${path('pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin yes',
      'Subsystem sftp internal-sftp',
      ...(sessionPath === undefined ? [] : [`SetEnv PATH=${sessionPath}`]),
      '',
    ].join('\n'),
  );
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(sshd, ['-D', '-e', '-f', path('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await until(() => said.includes('listening') || server.exitCode !== null);
  if (server.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
  const options = {
    IdentityFile: path('own'),
    IdentitiesOnly: 'yes',
    StrictHostKeyChecking: 'no',
    UserKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
  };
  const login = { ...options, Port: String(port), User: userInfo().username };
  return {
    config: `${['Host *', ...Object.entries(login).map((entry) => entry.join(' '))].join('\n')}\n`,
    words: [
      '-tt',
      '-F',
      'none',
      '-p',
      String(port),
      ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
      `${userInfo().username}@127.0.0.1`,
    ],
    end: () => {
      server.kill('SIGTERM');
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
