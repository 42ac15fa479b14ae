import { reportText } from '../../cli/rollout/report-text.ts';
import { isSameLogin } from '../../core/registry/same-nacos.ts';
import { examine } from '../../doctor/examine.ts';
import { mend, mendable, readOnlyOf } from '../../doctor/mend.ts';
import { endable } from '../../doctor/overtaken.ts';
import { reportOfRollout } from '../../doctor/report-of.ts';
import type { Words } from '../../i18n/words.ts';
import { toCurl } from '../../nacos/http/curl.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { Doctor } from '../../runner/process/doctor-port.ts';
import type { FacePorts } from '../../runner/ports/face-ports.ts';
import type { ConsolePorts, ReportTold } from '../../tui/model/console-ports.ts';

type House = {
  readonly ports: FacePorts;
  readonly store: ProfileStore;
  readonly doctor: Doctor;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** The doctor, of this machine and of each Nacos that matters. */
export async function examined(
  { ports, store, doctor, env }: House,
  ...[here, watch]: Parameters<ConsolePorts['examine']>
): ReturnType<ConsolePorts['examine']> {
  const { found, placed, overtaken, close } = await examine({
    launcher: ports.launcher,
    doctor,
    profiles: store,
    env,
    isTerminal: true,
    connect: (spec) =>
      ports.connect(
        spec,
        here !== undefined && isSameLogin(here.spec, spec) ? here.password : undefined,
        watch,
      ),
    meant: here === undefined ? resolveSpec({}, env, store) : { ok: true, spec: here.spec },
  });
  const hasDeadLocks = doctor.locks().some(({ isDead }) => isDead);
  return {
    found,
    // What only a person may give up counts too: there is a key for it.
    canMend: mendable(placed).length > 0 || endable(overtaken).length > 0 || hasDeadLocks,
    isReadOnly: readOnlyOf(placed).length > 0,
    mend: (gone) => mend(doctor, { placed, overtaken }, { isPuttingOn: gone.length === 0, gone }),
    close,
  };
}

/** What a journal tells, in words. */
export async function reportTold(ports: FacePorts, words: Words, id: string): Promise<ReportTold> {
  const told = await reportOfRollout(ports, id);
  return told.ok ? { ok: true, lines: reportText(told.report, words, toCurl) } : told;
}
