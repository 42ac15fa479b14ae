import type { UiEffect } from '../model/effect.ts';
import type { Session } from './session.ts';

/** Asks the doctor; what was open for the question before is closed, and so is an answer that another one overtook. */
export async function examine(session: Session): Promise<void> {
  const { ports, connected, password } = session;
  const asked = (session.examinationsAsked += 1);
  await closeExamination(session);
  const here = connected && { spec: connected.spec, password };
  const examination = await ports.examine(here, session.watch);
  if (session.examinationsAsked !== asked) return examination.close();
  session.examination = examination;
  const { found, canMend, isReadOnly } = examination;
  session.dispatch({ type: 'examined', found, canMend, isReadOnly });
}

async function closeExamination(session: Session): Promise<void> {
  const { examination } = session;
  session.examination = undefined;
  await examination?.close();
}

/** Nothing is examined any more, and an answer that comes is closed. */
export async function endExamining(session: Session): Promise<void> {
  session.examinationsAsked += 1;
  await closeExamination(session);
}

/** What was done is told, and looked at once more. */
export async function mend(session: Session, { gone }: UiEffect & { kind: 'mend' }): Promise<void> {
  const results = (await session.examination?.mend(gone)) ?? [];
  session.dispatch({ type: 'mended', results });
}
