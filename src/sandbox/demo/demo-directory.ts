import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { shellQuoted } from '../../core/text/shell-word.ts';

const prefix = 'nacos-rollout-demo-';

/** A directory for one demo, with a deploy command in it as an operator would write one. */
export async function makeDemoDirectory(self: readonly string[], control: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), prefix));
  const path = join(directory, 'redeploy.sh');
  await writeFile(path, redeployScript(self, control));
  await chmod(path, 0o755);
  return directory;
}

/** Best effort, and only for a directory that a demo made: several may try at once. */
export async function removeDemoDirectory(directory: string): Promise<void> {
  if (!basename(directory).startsWith(prefix)) return;
  await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}

function redeployScript(self: readonly string[], control: string): string {
  const command = [...self, '__demo-redeploy', control].map(shellQuoted).join(' ');
  return `#!/bin/sh
# A deploy command learns from its environment which instance it is for, says what it does,
# and ends with 0 only when the new version runs. What it prints is kept with the rollout.
set -eu

: "\${NACOS_ROLLOUT_INSTANCE:?is set by nacos-rollout: ip and port of the instance to deploy}"

echo "deploying \${NACOS_ROLLOUT_SERVICE:-the service} on $NACOS_ROLLOUT_INSTANCE, attempt \${NACOS_ROLLOUT_ATTEMPT:-1}"

# On your own machines this would be a line such as
#   ssh "$NACOS_ROLLOUT_IP" sudo systemctl restart orders
# Here it asks the demo to stop the process and to start the next version.
${command} "$NACOS_ROLLOUT_INSTANCE"

echo "done"
`;
}
