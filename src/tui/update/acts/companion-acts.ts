import {
  type Companion,
  type NamedCompanion,
  companionText,
  isPattern,
} from '../../../core/plan/companion-rules.ts';
import { parseCompanion, withoutPort } from '../../../core/plan/plan-text.ts';
import { serviceKey, type ServiceId } from '../../../core/registry/service.ts';
import type { Draft } from '../../draft/draft.ts';
import { fieldWith } from '../../model/field.ts';
import type { Model } from '../../model/model.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { closed, frontNamed, replaceFront } from '../../model/navigation.ts';
import { companionsLike } from '../../view/companions-like.ts';
import { companionServices } from './instance-acts.ts';
import { type Step, and, noticed, stay } from './transition.ts';

/** Takes the first that fits. */
export function companionCompleted(model: Model): Step {
  const prompt = frontNamed(model, 'prompt');
  const [first] = companionsLike(model, prompt?.field.text ?? '');
  if (prompt === undefined || first === undefined) return stay(model);
  return stay(replaceFront(model, { ...prompt, field: fieldWith(first) }));
}

/** A service that is there, or the only one that fits what was typed; named again it is taken away. */
export function companionKept(
  model: Model,
  prompt: PlaceNamed<'prompt'> & { readonly purpose: { readonly kind: 'companion' } },
): Step {
  const { draft } = model;
  const text = prompt.field.text.trim();
  const key = prompt.purpose.service;
  const own = draft?.services.find((service) => serviceKey(service) === key);
  if (draft === undefined || own === undefined || text === '') return stay(closed(model));
  const companion = companionMeant(model, own, text);
  if (companion === undefined)
    return stay(
      noticed(model, { kind: 'no-such-service', text, like: companionsLike(model, text).slice(0, 3) }),
    );
  return toggled(closed(model), draft, key, companion);
}

/** The whole text is a name first, and only then a name and a port. What a rule finds, the plan will say. */
function companionMeant(model: Model, own: ServiceId, text: string): Companion | undefined {
  const typed = parseCompanion(text);
  if (typeof typed === 'string' || (typed !== undefined && isPattern(typed))) return typed;
  for (const reading of [typed, typed && withoutPort(typed)]) {
    const group = reading && groupOf(model, own, reading);
    if (reading !== undefined && group !== undefined) return { ...reading, group };
  }
  const like = companionsLike(model, text);
  return like.length === 1 && like[0] !== undefined ? parseCompanion(like[0]) : undefined;
}

/** The group of the service that is there; that of its own service where several are. */
function groupOf(model: Model, own: ServiceId, companion: NamedCompanion): string | undefined {
  const exact = (model.services.value?.items ?? []).filter(
    (each) =>
      each.service === companion.service &&
      (companion.group === undefined || each.group === companion.group) &&
      serviceKey(each) !== serviceKey(own),
  );
  const found = exact.length > 1 ? exact.find(({ group }) => group === own.group) : exact[0];
  return found?.group;
}

function toggled(model: Model, draft: Draft, key: string, companion: Companion): Step {
  const before = draft.companions[key] ?? [];
  const others = before.filter((each) => !isSame(each, companion, ''));
  const after = others.length < before.length ? others : [...before, companion];
  const next = { ...draft, companions: { ...draft.companions, [key]: after } };
  const changed = { ...model, draft: next };
  return and(others.length < before.length ? noticed(changed, { kind: 'companion-removed' }) : changed, {
    kind: 'read-instances',
    services: companionServices(next),
  });
}

function isSame(a: Companion, b: Companion, group: string): boolean {
  const portOf = (one: Companion): number | string | undefined =>
    typeof one === 'string' ? undefined : one.port;
  return companionText(a, group) === companionText(b, group) && portOf(a) === portOf(b);
}
