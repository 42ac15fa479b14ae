import { type Report, type ReportedNow, reportOf } from '../core/report/report.ts';
import { offByUs } from '../core/rollout/rollout.ts';
import type { FacePorts, LaunchProblem, OpenRollout } from '../runner/ports/face-ports.ts';
import type { Watch } from '../world/registry.ts';
import { everythingLeft, lookAtLeft } from './left-behind.ts';

type Ports = Pick<FacePorts, 'connect' | 'launcher'>;

/** One rollout of this machine from beginning to end, and what of it Nacos shows on again. */
export async function reportOfRollout(
  ports: Ports,
  id: string,
  watch?: Watch,
): Promise<
  { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly problem: LaunchProblem }
> {
  const read = await ports.launcher.read(id);
  if (!read.ok) return read;
  const { open, events } = read;
  const now = { seenOn: await seenOn(ports, open, watch), isRunning: open.isRunning };
  return { ok: true, report: reportOf(open.rollout, events, now) };
}

/** What its journal says is off and Nacos shows on; what a runner is at is as its journal says. */
async function seenOn(
  ports: Ports,
  open: OpenRollout,
  watch: Watch | undefined,
): Promise<NonNullable<ReportedNow['seenOn']>> {
  if (open.isRunning || offByUs(open.rollout).length === 0) return [];
  const left = await everythingLeft(ports, [open], []);
  const seen = await lookAtLeft(ports, left, watch);
  return seen
    .filter(({ shown }) => shown === 'on')
    .map(({ left: { target, index } }) => ({ target, registration: index }));
}
