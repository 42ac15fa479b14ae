import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../support/new-directory.ts';
import { type SandboxProcess, program, startSandboxProcess } from '../support/processes/sandbox-process.ts';
import { type Ended, startCommand } from '../program/program-process.ts';

/** A jump host with our program on its path, a directory with a build, and a sandbox for its Nacos. */
export type RecipeStage = {
  readonly home: string;
  readonly srv: string;
  readonly sandbox: SandboxProcess;
  readonly env: Readonly<Record<string, string>>;
  /** A recipe's file, copied to where it is run, `/srv` in it being a directory of the test. */
  place(recipe: string): string;
  run(line: string, more?: Readonly<Record<string, string>>): Promise<Ended>;
  end(): Promise<void>;
};

export async function setRecipeStage(): Promise<RecipeStage> {
  const sandbox = await startSandboxProcess();
  const home = newDirectory('recipe');
  const srv = join(home, 'srv');
  const bin = join(home, 'bin');
  for (const directory of [bin, join(home, 'build'), join(srv, 'orders')])
    mkdirSync(directory, { recursive: true });
  writeFileSync(join(home, 'build', 'orders.jar'), 'version 2');
  const write = (name: string, text: string): void => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  write('nacos-rollout', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  write('sudo', '#!/bin/sh\nexec "$@"\n');
  // What `systemctl restart orders@PORT` does for a unit, the sandbox does for its process.
  write(
    'systemctl',
    `#!/bin/sh -eu\ntest "$1" = restart\nport=\${2#*@}\nNACOS_ROLLOUT_INSTANCE=127.0.0.1:$port '${sandbox.demo.dir}/redeploy.sh'\necho "$port" >>'${srv}/restarted'\n`,
  );
  const env = { ...sandbox.env, HOME: home, LC_ALL: 'C.UTF-8', PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return {
    home,
    srv,
    sandbox,
    env,
    place: (recipe) => {
      const to = join(home, recipe);
      cpSync(join(import.meta.dirname, recipe), to, { recursive: true });
      execFileSync('sed', ['-i', `s#/srv/#${srv}/#g`, ...filesIn(to)]);
      return to;
    },
    run: (line, more = {}) => startCommand(['bash', '-c', line], { ...env, ...more }, home).ended,
    end: () => sandbox.end(),
  };
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory).map((name) => join(directory, name));
}
