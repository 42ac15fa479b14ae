import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsIn } from '../../../src/tui/draw/words.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { killNow, runnersOf } from '../../support/processes/runners.ts';
import type { SandboxProcess } from '../../support/processes/sandbox-process.ts';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { openProgram } from '../demo-console.ts';
import type { Journey, Setting, Stage } from './journey.ts';

export type OpenStage = { readonly stage: Stage; close(): Promise<void> };

const profileName = 'demo';
const locales = { en: 'en_US.UTF-8', 'zh-CN': 'zh_CN.UTF-8' } as const;

/** Directories of its own, a console on them, and all that it leaves put away at the end. */
export function openStage(journey: Journey, setting: Setting, sandbox: SandboxProcess): OpenStage {
  const home = newDirectory('journey');
  if (!journey.isFirstContact) writeProfile(home, sandbox, journey.drain ?? { floor: '1s' });
  const usual = journey.words ?? (journey.isFirstContact ? [] : ['--profile', profileName]);
  let language = setting.language;
  const open = (words: readonly string[]): TerminalSession =>
    openProgram(words, {
      ...setting.size,
      env: {
        XDG_CONFIG_HOME: home,
        XDG_STATE_HOME: home,
        XDG_CACHE_HOME: home,
        LANG: locales[language],
        ...(!setting.hasColor && { NO_COLOR: '1' }),
      },
    });
  let at = open(usual);
  const end = async (): Promise<void> => {
    at.kill();
    await at.exited;
  };
  const stage: Stage = {
    setting,
    sandbox,
    home,
    get at() {
      return at;
    },
    get words() {
      return wordsIn(language);
    },
    speak: (other) => {
      language = other;
    },
    reopen: async (how = {}) => {
      await end();
      language = how.language ?? language;
      at = open(how.words ?? usual);
    },
  };
  return {
    stage,
    close: async () => {
      await end();
      for (const pid of runnersOf(home)) killNow(pid);
    },
  };
}

function writeProfile(home: string, sandbox: SandboxProcess, drain: object): void {
  const directory = join(home, 'nacos-rollout');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const defaults = {
    drain,
    deploy: { argv: [join(sandbox.demo.dir, 'redeploy.sh')] },
    check: { tcp: true, successes: 1 },
    minimum: 1,
  };
  const profiles = { [profileName]: { servers: [sandbox.demo.nacos], defaults } };
  writeFileSync(join(directory, 'profiles.json'), JSON.stringify({ profiles }), { mode: 0o600 });
}
