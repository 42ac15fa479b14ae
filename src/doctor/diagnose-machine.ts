import type { LaunchProblem } from '../runner/ports/face-ports.ts';
import type { Diagnosis } from '../runner/ports/diagnosis.ts';
import type { Doctor } from '../runner/process/doctor-port.ts';
import type { ProfileStore } from '../profiles/store.ts';

/** Where we were asked, and what that is looked at by. */
export type Examined = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard input and output are a terminal. */
  readonly isTerminal: boolean;
  readonly doctor: Doctor;
  readonly profiles: ProfileStore;
};

const smallest = { columns: 80, rows: 24 };

/** What can be seen without any server: terminal, configuration, state, locks, journals that cannot be read. */
export function diagnoseMachine(
  examined: Examined,
  unreadable: readonly LaunchProblem[],
): readonly Diagnosis[] {
  return [
    ...unreadable.map((problem): Diagnosis => ({ level: 'bad', kind: 'journal', problem })),
    ...examined.doctor.locks().map(({ holder: { id, by, since, service }, isDead }): Diagnosis => {
      return { level: isDead ? 'warning' : 'good', kind: 'lock', id, by, since, service, isDead };
    }),
    ...terminalAilments(examined),
    ...profileAilments(examined),
    // Without a home that was said already.
    ...(unreadable.some(({ kind }) => kind === 'no-home') ? [] : [stateAilment(examined)]),
  ];
}

function terminalAilments({ env, isTerminal, doctor }: Examined): readonly Diagnosis[] {
  const size = doctor.terminalSize();
  if (!isTerminal || size === undefined) return [{ level: 'good', kind: 'no-terminal' }];
  const isSmall = size.columns < smallest.columns || size.rows < smallest.rows;
  const term = env['TERM'] ?? '';
  const isUtf8 = /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '');
  return [
    isSmall
      ? { level: 'warning', kind: 'terminal-small', ...size }
      : { level: 'good', kind: 'terminal', ...size },
    ...(term === '' || term === 'dumb' ? [{ level: 'warning', kind: 'terminal-dumb', term } as const] : []),
    { level: isUtf8 ? 'good' : 'warning', kind: 'locale', isUtf8 },
  ];
}

function profileAilments({ profiles }: Examined): readonly Diagnosis[] {
  const stored = profiles.read();
  if (!stored.ok) return [{ level: 'bad', kind: 'configuration', problem: stored.problem }];
  const { path } = profiles;
  if (path === '') return [{ level: 'warning', kind: 'configuration', problem: { kind: 'no-home' } }];
  return [
    { level: 'good', kind: 'profiles', path, count: Object.keys(stored.value.profiles).length },
    ...stored.value.warnings.map((warning): Diagnosis => {
      return { level: 'warning', kind: 'profiles-open', path: warning.path, mode: warning.mode };
    }),
  ];
}

function stateAilment({ doctor }: Examined): Diagnosis {
  const { path, mode, isOpenToOthers, obstacle } = doctor.stateSeen();
  if (obstacle !== undefined) return { level: 'bad', kind: 'state-unwritable', path, detail: obstacle };
  return isOpenToOthers && mode !== undefined
    ? { level: 'warning', kind: 'state-open', path, mode }
    : { level: 'good', kind: 'state', path };
}
