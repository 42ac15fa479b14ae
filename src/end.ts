import { isSea } from 'node:sea';
import { flagValue } from './cli/io/flag-value.ts';
import { exitCodes } from './core/rollout/outcome.ts';
import { stamp } from './core/text/stamp.ts';
import { visible } from './core/text/visible.ts';
import { chooseLanguage } from './i18n/language.ts';
import { wordsOf } from './i18n/words.ts';
import { crashDetails, crashMessage, keepDetails } from './wiring/crash.ts';
import { stateDirectory } from './wiring/own-place.ts';
import { realClock } from './world/clock.ts';

const crash = { isUnderWay: false, before: (): Promise<void> => Promise.resolve() };

/** What gives the terminal back, where there is a console on it. */
export function beforeCrashing(act: () => Promise<void>): void {
  crash.before = act;
}

/** Ends this process as it was meant to. */
export async function end(exitCode: number): Promise<void> {
  // Whoever says what happened also ends us.
  if (crash.isUnderWay) return;
  process.exitCode = exitCode;
  await flush();
  exit();
}

/** Ends it after what nobody foresaw, with a code that promises nothing. */
export async function endCrashed(error: unknown, version: string): Promise<void> {
  if (crash.isUnderWay) return;
  crash.isUnderWay = true;
  try {
    process.exitCode = exitCodes.crashed;
    await tell(error, version);
    await flush();
  } finally {
    exit();
  }
}

/**
 * A process waits for its resolver before it ends, for minutes where no name server answers, and hears no Ctrl-C
 * meanwhile. Another program in its place does not.
 */
function exit(): never {
  const isResolving = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
  const { execPath, exitCode } = process;
  if (isResolving) {
    // The program in one file has no `-e`; and that file may have been exchanged since.
    if (isSea()) process.execve?.('/proc/self/exe', [execPath, '__exit', String(exitCode)], {});
    else process.execve?.(execPath, [execPath, '-e', `process.exit(${exitCode})`], {});
  }
  process.exit();
}

/** The terminal first, then one sentence. A process of our own says it all in its log. */
async function tell(error: unknown, version: string): Promise<void> {
  const { env, pid, argv } = process;
  const [command = ''] = argv.slice(2);
  const platform = `Node ${process.version}, ${process.platform} ${process.arch}`;
  const about = { version, platform, command, pid, at: stamp(realClock.wallClock()) };
  const details = crashDetails(error, about);
  if (command.startsWith('__')) {
    process.stderr.write(details);
    return;
  }
  const { cli } = await wordsOf(chooseLanguage(flagValue(argv, '--lang'), env));
  const { root, temporary } = stateDirectory(env, process.getuid?.() ?? 0);
  const path = keepDetails(details, [root, temporary], about);
  await crash.before();
  if (env['NACOS_ROLLOUT_DEBUG']) process.stderr.write(details);
  process.stderr.write(`${visible(cli.crashed(crashMessage(error), path))}\n`);
}

/** What is still to be written is written first: a pipe may be slow. */
async function flush(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
  );
}
