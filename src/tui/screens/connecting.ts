import { visible } from '../../core/text/visible.ts';
import type { Drawn, DrawContext } from '../components/draw-context.ts';
import { labelled, paragraph } from '../components/labelled.ts';
import { type Line, line, span } from '../draw/line.ts';
import type { Model } from '../model/model.ts';
import type { PlaceNamed } from '../model/place.ts';
import { sayProblem } from '../view/say-problem.ts';
import { forSeconds, saySilence } from '../view/say-silence.ts';

/** Who is being reached, since when, and what comes next; or why it was not, and what may be done. */
export function connectingScreen(model: Model, screen: PlaceNamed<'connecting'>, paint: DrawContext): Drawn {
  const { words, columns, keys } = paint;
  const said = words.screens.connecting;
  const { isGiven, spec } = screen.effect;
  const leave = paragraph((isGiven ? said.leaveGiven : said.leave)(keys), columns, 'dim');
  const whom = [...whomLines(screen, paint), []];
  if (screen.problem !== undefined) {
    const sentence = paragraph(sayProblem(words, screen.problem), columns, 'bad');
    const title = line(' ', span(said.titleFailed, 'bad'));
    return {
      title,
      body: [...whom, ...sentence, [], ...paragraph(said.again(keys, 'reach-again'), columns), ...leave],
    };
  }
  const elapsed = words.time(forSeconds(model.now.monotonicMs - screen.sinceMs));
  const asked = paragraph(said.since(elapsed), columns, 'busy');
  const next = paragraph(saySilence(model, words) ?? said.next(spec.servers.length), columns);
  return { title: line(' ', span(said.title, 'strong')), body: [...whom, ...asked, ...next, [], ...leave] };
}

function whomLines(
  { effect: { spec } }: PlaceNamed<'connecting'>,
  { words, columns }: DrawContext,
): readonly Line[] {
  const { name, server, namespace, user } = words.screens.profiles.columns;
  const known = [
    [name, spec.profile],
    [server, spec.servers.join(' ')],
    [namespace, spec.namespace],
    [user, spec.username ?? spec.accessKeyFrom],
  ] as const;
  return known.flatMap(([label, text]) =>
    text === undefined ? [] : labelled(label, visible(text), { columns, label: 11 }),
  );
}
