import { fieldWith } from '../../model/field.ts';
import type { Model } from '../../model/model.ts';
import type { PlaceNamed } from '../../model/place.ts';
import { closed, frontNamed, replaceFront } from '../../model/navigation.ts';
import type { PasswordEffect } from '../../model/effect.ts';
import { companionKept } from './companion-acts.ts';
import { connectingTo } from './connecting-acts.ts';
import { sorted } from './instance-acts.ts';
import { reviewAsked } from './planning-acts.ts';
import { type Step, and, mending, noticed, stay } from './transition.ts';

/** What was typed at a prompt is taken, or the prompt stays and says why not. */
export function kept(model: Model): Step {
  const prompt = frontNamed(model, 'prompt');
  if (prompt === undefined) return stay(model);
  const text = prompt.field.text.trim();
  const { purpose } = prompt;
  switch (purpose.kind) {
    case 'password':
      // Kept as typed: a password may begin or end with a space.
      return withPassword(closed(model), purpose.effect, prompt.field.text);
    case 'confirm-name':
      return text === purpose.service
        ? and({ ...closed(model), waitingFor: 'runner' }, purpose.effect)
        : wrongName(model, prompt, purpose.service);
    case 'override':
      return text === purpose.service
        ? overridden(closed(model), purpose.service)
        : wrongName(model, prompt, purpose.service);
    case 'companion':
      return companionKept(model, { ...prompt, purpose });
    case 'gone': {
      const next = closed(model);
      return text === '' ? stay(next) : mending(next, [text]);
    }
    case 'metadata-key':
      return stay(sorted(closed(model), (row) => [row.instance.metadata[text] ?? '']));
  }
}

function withPassword(model: Model, effect: PasswordEffect, password: string): Step {
  if (effect.kind !== 'connect') return and({ ...model, waitingFor: 'runner' }, { ...effect, password });
  if (effect.isTest) return and({ ...model, waitingFor: 'connection' }, { ...effect, password });
  return connectingTo(model, effect.spec, { isGiven: effect.isGiven, password });
}

function wrongName(model: Model, prompt: PlaceNamed<'prompt'>, expected: string): Step {
  const emptied = replaceFront(model, { ...prompt, field: fieldWith('') });
  return stay(noticed(emptied, { kind: 'wrong-name', expected }));
}

function overridden(model: Model, service: string): Step {
  if (model.draft === undefined) return stay(model);
  const overrides = [...new Set([...model.draft.overrides, service])];
  return reviewAsked({ ...model, draft: { ...model.draft, overrides } });
}
