/** What the system lets a process be started with, in bytes. */
export type StartLimits = {
  /** One word, or one variable with its name. */
  readonly oneBytes: number;
  /** All of them together. */
  readonly allBytes: number;
};

/** Why no process can be started so. Without a `variable` it is a word of the command itself. */
export type StartObstacle =
  | { readonly kind: 'null-byte'; readonly variable?: string }
  /** It would be told another name than the one that is registered. */
  | { readonly kind: 'not-unicode'; readonly variable?: string }
  | {
      readonly kind: 'too-long';
      readonly variable?: string;
      readonly bytes: number;
      readonly maxBytes: number;
    }
  | { readonly kind: 'too-much'; readonly bytes: number; readonly maxBytes: number };

/** What is handed over in a file, because it is too long for a variable; `<variable>_FILE` holds the path. */
export type HandedFile = { readonly variable: string; readonly path: string; readonly text: string };

export type Start = {
  readonly words: readonly string[];
  /** The environment that we have. */
  readonly own: Readonly<Record<string, string>>;
  /** What is told besides, with the registry's words in it. */
  readonly told: Readonly<Record<string, string>>;
  /** Where files may be put, absolute. */
  readonly directory: string;
};

export type Fitted =
  | {
      readonly ok: true;
      readonly environment: Readonly<Record<string, string>>;
      readonly files: readonly HandedFile[];
    }
  | { readonly ok: false; readonly obstacle: StartObstacle };

/** What has no limit in a registry, and is no name that a script could not do without. */
const fileNames: Readonly<Record<string, string>> = {
  NACOS_ROLLOUT_METADATA: 'metadata.json',
  NACOS_ROLLOUT_COMPANIONS: 'companions.json',
  NACOS_ROLLOUT_EVENT: 'event.json',
};

/** Fits what a process is told to what the system takes. Starts and writes nothing. */
export function fitStart(start: Start, limits: StartLimits): Fitted {
  const { words, told } = start;
  const unsayable = unsayableOf(words, told);
  if (unsayable !== undefined) return { ok: false, obstacle: unsayable };
  const bySize = Object.keys(fileNames)
    .filter((name) => told[name] !== undefined)
    .sort((a, b) => bytesOf(told[b] ?? '') - bytesOf(told[a] ?? ''));
  for (let count = 0; ; count += 1) {
    const files = bySize.slice(0, count).map((name) => fileOf(name, start));
    const environment = environmentWith(start, files);
    const obstacle = obstacleOf(words, environment, limits);
    if (obstacle === undefined) return { ok: true, environment, files };
    if (count === bySize.length) return { ok: false, obstacle };
  }
}

function fileOf(variable: string, { told, directory }: Start): HandedFile {
  return { variable, path: `${directory}/${fileNames[variable] ?? ''}`, text: told[variable] ?? '' };
}

/** A command that is called by a command of another rollout is not told what that one was. */
function environmentWith(
  { own, told }: Start,
  files: readonly HandedFile[],
): Readonly<Record<string, string>> {
  const stale = Object.keys(fileNames).flatMap((name) => [name, `${name}_FILE`]);
  const inFiles = files.map(({ variable }) => variable);
  return Object.fromEntries([
    ...Object.entries(own).filter(([name]) => !stale.includes(name)),
    ...Object.entries(told).filter(([name]) => !inFiles.includes(name)),
    ...files.map(({ variable, path }) => [`${variable}_FILE`, path] as const),
  ]);
}

function unsayableOf(
  words: readonly string[],
  told: Readonly<Record<string, string>>,
): StartObstacle | undefined {
  const all = [
    ...words.map((text) => ({ text, of: {} })),
    ...Object.entries(told).map(([variable, text]) => ({ text, of: { variable } })),
  ];
  for (const { text, of } of all) {
    if (text.includes('\0')) return { kind: 'null-byte', ...of };
    if (!text.isWellFormed()) return { kind: 'not-unicode', ...of };
  }
  return undefined;
}

/** Each string has an end, and a pointer to it. */
const endBytes = 1;
const pointerBytes = 8;

function obstacleOf(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  { oneBytes, allBytes }: StartLimits,
): StartObstacle | undefined {
  const all = [
    ...words.map((text) => ({ bytes: bytesOf(text) + endBytes, of: {} })),
    ...Object.entries(environment).map(([variable, text]) => ({
      bytes: bytesOf(`${variable}=${text}`) + endBytes,
      of: { variable },
    })),
  ];
  const long = all.find(({ bytes }) => bytes > oneBytes);
  if (long !== undefined) return { kind: 'too-long', ...long.of, bytes: long.bytes, maxBytes: oneBytes };
  const bytes = all.reduce((sum, one) => sum + one.bytes + pointerBytes, 0);
  return bytes > allBytes ? { kind: 'too-much', bytes, maxBytes: allBytes } : undefined;
}

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}

/** In the words of the system, for where an error of the system stands too. */
export function obstacleText(obstacle: StartObstacle): string {
  const what = 'variable' in obstacle ? obstacle.variable : 'the command';
  switch (obstacle.kind) {
    case 'null-byte':
      return `${what}: null byte`;
    case 'not-unicode':
      return `${what}: not Unicode`;
    case 'too-long':
      return `${what}: ${obstacle.bytes} bytes, at most ${obstacle.maxBytes}`;
    case 'too-much':
      return `E2BIG: ${obstacle.bytes} bytes, at most ${obstacle.maxBytes}`;
  }
}
