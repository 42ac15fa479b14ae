import type { UiEffect } from '../model/effect.ts';
import type { Session } from './session.ts';

/** Asks the doctor; what was open for the question before is closed. */
export async function examine(session: Session): Promise<void> {
  const { ports, connected, password } = session;
  await session.examination?.close();
  session.examination = undefined;
  const here = connected && { spec: connected.spec, password };
  const examination = await ports.examine(here, session.watch);
  session.examination = examination;
  const { found, canMend } = examination;
  session.dispatch({ type: 'examined', found, canMend });
}

/** What was done is told, and looked at once more. */
export async function mend(session: Session, { gone }: UiEffect & { kind: 'mend' }): Promise<void> {
  const results = (await session.examination?.mend(gone)) ?? [];
  session.dispatch({ type: 'mended', results });
}
