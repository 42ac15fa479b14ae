import { visible } from '../../../core/text/visible.ts';
import type { Following } from '../../model/following.ts';
import { type Line, line, span } from '../../draw/line.ts';
import type { DrawContext } from '../../components/draw-context.ts';
import { paragraph } from '../../components/labelled.ts';

/** The last lines of the output that is being read; a tab or an escape in it is shown, not obeyed. */
export function tailLines(
  { tail }: Following,
  path: string | undefined,
  { glyphs, height }: DrawContext,
): readonly Line[] {
  if (height <= 0 || tail === undefined || tail.path !== path || tail.text.trim() === '') return [];
  const lines = tail.text.replaceAll('\r\n', '\n').trimEnd().split('\n').slice(-height);
  return lines.map((text) =>
    line(span(` ${glyphs.wall} `, 'dim'), span(visible(text.replaceAll('\t', '  ')), 'dim')),
  );
}

/** All of it that was read, for a pane of its own. */
export function outputLines(
  following: Following,
  path: string | undefined,
  paint: DrawContext,
): readonly Line[] {
  const lines = tailLines(following, path, { ...paint, height: Number.POSITIVE_INFINITY });
  const { notices, rollout } = paint.words;
  const silent = hasEnded(following, path) ? rollout.logNone : rollout.logEmpty;
  const none = path === undefined ? notices.off['no-output'] : silent;
  return lines.length > 0 ? lines : paragraph(none, paint.columns, 'dim');
}

/** Whether what was read of it is all that there will be. */
function hasEnded({ tail, rollout }: Following, path: string | undefined): boolean {
  const writer = rollout?.targets.find(({ output }) => output && path?.endsWith(`/${output}/output.log`));
  const isRunning = writer?.deploy?.isRunning === true || writer?.hook?.isRunning === true;
  return tail?.path === path && writer !== undefined && !isRunning;
}
