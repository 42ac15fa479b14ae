import type { Event } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { eventLine, foldedLine } from './event-line.ts';

type Printed = { readonly event: Event; readonly rollout: Rollout; readonly isJson: boolean };

/** `rollout`: as it is after the event. */
export function printEvent(
  { output, words }: Cli,
  ports: CommandPorts,
  { event, rollout, isJson }: Printed,
): void {
  if (isJson) output.json(event);
  else if (event.type === 'request-listed') output.data(ports.curlOf(event.request));
  else output.data(...foldedLine(eventLine(event, rollout, words), ports.doctor.terminalSize()?.columns));
}
