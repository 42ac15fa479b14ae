import type { Model, OwnKeys } from '../model/model.ts';
import * as whyNot from './availability.ts';
import * as onOffer from './on-offer.ts';
import * as ofMachine from './of-machine.ts';
import type { PlaceName } from '../model/place.ts';
import { moving, reading } from './motions.ts';
import { panes } from './panes.ts';
import {
  type Command,
  back,
  help,
  palette,
  quit,
  interrupt,
  freeze,
  copy,
  common,
  tour,
  readCopy,
  closing,
  toMachine,
} from './shared-commands.ts';

const divided = [...panes, ...common] as const;

/** Every key of every place. A key that takes effect on Nacos leads to a question that another key answers. */
export const keymap = {
  offer: [
    { name: 'carry-on', keys: ['c'], rank: 1, off: onOffer.decide },
    { name: 'watch', keys: ['w'], rank: 2, off: onOffer.watch },
    { name: 'put-back', keys: ['u'], rank: 3, off: onOffer.decide },
    { name: 'abandon', keys: ['X'], rank: 5, off: onOffer.abandon },
    { name: 'leave', keys: ['l', 'esc'], rank: 4 },
    ...common,
  ],
  profiles: [
    { name: 'choose', keys: ['enter'], rank: 1, off: whyNot.useProfile },
    { name: 'make-profile', keys: ['n'], rank: 2 },
    { name: 'edit-profile', keys: ['e'], rank: 3, off: whyNot.useProfile },
    { name: 'test-profile', keys: ['t'], rank: 4, off: whyNot.useProfile },
    { name: 'remove-profile', keys: ['x'], rank: 5, off: whyNot.useProfile },
    { name: 'sandbox', keys: ['s'], rank: 6, off: ofMachine.toSandbox },
    { name: 'refresh', keys: ['ctrl-r'] },
    ...toMachine,
    ...common,
  ],
  connecting: [
    { name: 'reach-again', keys: ['r'], rank: 1, off: whyNot.reachAgain },
    back,
    palette,
    help,
    copy,
    freeze,
    quit,
    interrupt,
  ],
  'profile-form': [
    { name: 'edit-field', keys: ['enter'], rank: 1 },
    { name: 'save', keys: ['S'], rank: 2 },
    back,
    ...common,
  ],
  services: [
    { name: 'choose', keys: ['enter'], rank: 1, off: whyNot.chooseService },
    { name: 'filter', keys: ['/'], rank: 2 },
    { name: 'mark', keys: ['space'], rank: 3, off: whyNot.chooseService },
    { name: 'release-marked', keys: ['R'], rank: 4, off: whyNot.releaseMarked },
    { name: 'namespaces', keys: ['n'], rank: 5 },
    { name: 'last-visit', keys: ['-'], off: whyNot.goBackWhereOneWas },
    { name: 'refresh', keys: ['ctrl-r', 'r'] },
    ...toMachine,
    back,
    ...divided,
  ],
  instances: [
    { name: 'mark', keys: ['space'], rank: 2, off: whyNot.markInstance },
    { name: 'mark-all', keys: ['a'], rank: 4, off: whyNot.markInstance },
    { name: 'move-down', keys: ['J'], rank: 3, off: whyNot.moveInstance },
    { name: 'move-up', keys: ['K'], off: whyNot.moveInstance },
    { name: 'sort', keys: ['o'], rank: 5, off: whyNot.haveChosen },
    { name: 'sort-by-metadata', keys: ['m'], off: whyNot.haveChosen },
    { name: 'companions', keys: ['c'], rank: 6, off: whyNot.markInstance },
    { name: 'whole-process', keys: ['P'], off: whyNot.markInstance },
    { name: 'no-companions', keys: ['C'], off: whyNot.dropCompanions },
    { name: 'switch-on', keys: ['O'], rank: 2, off: whyNot.switchOn },
    { name: 'settings', keys: ['enter'], rank: 1, off: whyNot.haveChosen },
    { name: 'refresh', keys: ['ctrl-r', 'r'] },
    ...toMachine,
    back,
    ...divided,
  ],
  order: [
    { name: 'edit-field', keys: ['enter'], rank: 2 },
    { name: 'review', keys: ['v'], rank: 1 },
    back,
    ...common,
  ],
  review: [
    { name: 'start', keys: ['G'], rank: 2, off: whyNot.start, isKeyOnly: true },
    { name: 'rehearse', keys: ['D'], rank: 1, off: whyNot.rehearse },
    { name: 'save-plan', keys: ['S'], rank: 3 },
    { name: 'requests', keys: ['@'], rank: 4 },
    { name: 'consumers', keys: ['w'], rank: 5, off: whyNot.askNacos },
    { name: 'override', keys: ['O'], off: whyNot.override },
    { name: 'refresh', keys: ['ctrl-r'] },
    back,
    ...common,
  ],
  rollouts: [
    { name: 'open-rollout', keys: ['enter'], rank: 1, off: ofMachine.pointed },
    { name: 'carry-on', keys: ['c'], rank: 2, off: ofMachine.takeUp },
    { name: 'put-back', keys: ['u'], rank: 3, off: ofMachine.takeUp },
    { name: 'report', keys: ['R'], rank: 4, off: ofMachine.pointed },
    { name: 'abandon', keys: ['X'], rank: 5, off: ofMachine.giveUp },
    { name: 'refresh', keys: ['ctrl-r', 'r'] },
    { name: 'doctor', keys: ['H'] },
    back,
    ...common,
  ],
  doctor: [
    { name: 'mend', keys: ['m'], rank: 1, off: ofMachine.mend },
    { name: 'gone', keys: ['X'], rank: 2, off: ofMachine.mend },
    { name: 'refresh', keys: ['r', 'ctrl-r'], rank: 3, off: ofMachine.examineAgain },
    back,
    ...common,
  ],
  rollout: [
    { name: 'pass-gate', keys: ['G'], rank: 1, off: whyNot.passGate },
    { name: 'retry', keys: ['r'], rank: 1, off: whyNot.retry },
    { name: 'retry-target', keys: ['f'], rank: 2, off: whyNot.retryTarget },
    { name: 'leave-off', keys: ['x'], rank: 3, off: whyNot.leaveOff },
    { name: 'put-on', keys: ['o'], rank: 3, off: whyNot.putOn },
    { name: 'take-as-done', keys: ['t'], rank: 3, off: whyNot.takeAsDone },
    { name: 'roll-back', keys: ['b'], rank: 3, off: whyNot.rollBack },
    { name: 'take-new', keys: ['n'], rank: 3, off: whyNot.takeNew },
    { name: 'pause', keys: ['p'], rank: 4, off: whyNot.pause },
    { name: 'continue', keys: ['c'], rank: 1, off: whyNot.continueRollout, isKeyOnly: true },
    { name: 'skip-drain', keys: ['s'], rank: 4, off: whyNot.onDrain },
    { name: 'extend-drain', keys: ['e', '+'], rank: 4, off: whyNot.onDrain },
    { name: 'callers', keys: ['v'], rank: 4, off: whyNot.seeCallers },
    { name: 'registrations', keys: ['i'], rank: 5, off: whyNot.seeRegistrations },
    { name: 'log', keys: ['l'], rank: 5, off: whyNot.seeOutput },
    { name: 'requests', keys: ['@'], rank: 6 },
    { name: 'consumers', keys: ['w'], rank: 6, off: whyNot.askNacos },
    { name: 'report', keys: ['R'], off: ofMachine.reportFollowed },
    { name: 'abort', keys: ['A'], rank: 4, off: whyNot.abort },
    { name: 'detach', keys: ['d'], rank: 6, off: whyNot.detach },
    { name: 'back', keys: ['esc'], rank: 7, off: whyNot.leaveRollout },
    ...divided,
  ],
  help: [...reading, { name: 'back', keys: [...closing, '?'], rank: 1 }, interrupt],
  namespaces: [
    { name: 'choose', keys: ['enter'], rank: 1 },
    { name: 'back', keys: ['esc', 'q'], rank: 2 },
    ...moving,
    interrupt,
  ],
  palette: [
    { name: 'go', keys: ['enter'], rank: 1 },
    { name: 'back', keys: ['esc'], rank: 2 },
    { name: 'up', keys: ['up'] },
    { name: 'down', keys: ['down'], rank: 3 },
    { name: 'page-up', keys: ['page-up'] },
    { name: 'page-down', keys: ['page-down'] },
    interrupt,
  ],
  search: [{ name: 'keep', keys: ['enter'], rank: 1 }, { name: 'back', keys: ['esc'], rank: 2 }, interrupt],
  filter: [{ name: 'keep', keys: ['enter'], rank: 1 }, { name: 'back', keys: ['esc'], rank: 2 }, interrupt],
  edit: [
    { name: 'keep', keys: ['enter'], rank: 1 },
    { name: 'clear', keys: ['ctrl-u'], rank: 3 },
    { name: 'back', keys: ['esc'], rank: 2 },
    interrupt,
  ],
  prompt: [
    { name: 'keep', keys: ['enter'], rank: 1 },
    { name: 'complete', keys: ['tab'], rank: 2, off: whyNot.complete },
    { name: 'back', keys: ['esc'], rank: 3 },
    interrupt,
  ],
  confirm: [
    { name: 'yes', keys: ['y'], rank: 1 },
    { name: 'back', keys: ['esc', 'n', 'q'], rank: 2 },
    interrupt,
  ],
  abort: [
    { name: 'put-back', keys: ['u'], rank: 1 },
    { name: 'leave', keys: ['w'], rank: 2 },
    { name: 'back', keys: ['esc', 'n', 'q'], rank: 3 },
    interrupt,
  ],
  quit: [
    { name: 'detach', keys: ['y'], rank: 1 },
    { name: 'stay', keys: ['l'], rank: 3 },
    { name: 'back', keys: ['esc', 'n'], rank: 2 },
    interrupt,
  ],
  log: [...reading, readCopy, { name: 'back', keys: [...closing, 'l'], rank: 1 }, interrupt],
  callers: [...reading, { name: 'back', keys: [...closing, 'v'], rank: 1 }, interrupt],
  registrations: [...reading, { name: 'back', keys: [...closing, 'i'], rank: 1 }, interrupt],
  text: [...reading, readCopy, { name: 'back', keys: [...closing, '@', 'w'], rank: 1 }, interrupt],
} as const satisfies Readonly<Record<PlaceName, readonly Command[]>>;

export type CommandOf<Name extends PlaceName> = (typeof keymap)[Name][number]['name'];
export type CommandName = CommandOf<PlaceName>;

const typing: readonly PlaceName[] = ['palette', 'search', 'filter', 'edit', 'prompt'];

/** Places where every other key is text. */
export function isTypingPlace(place: PlaceName): boolean {
  return typing.includes(place);
}

export type Named = Command & { readonly name: CommandName };

/** With the keys that a person has set. */
export function commandsOf(place: PlaceName, own?: OwnKeys): readonly Named[] {
  const mine = own?.[place];
  const usual: readonly Named[] = keymap[place];
  if (mine === undefined) return usual;
  return usual.map((command) => {
    const keys = mine[command.name];
    return keys === undefined ? command : { ...command, keys };
  });
}

export function commandsAt({ setting }: Pick<Model, 'setting'>, place: PlaceName): readonly Named[] {
  const commands = commandsOf(place, setting.keys);
  const others = commands.filter(({ name }) => name !== 'tour');
  const isFree = !others.some(({ keys }) => keys.some((key) => tour.keys[0] === key));
  return setting.isSandbox && isFree ? commands : others;
}

/** The command of a key, also where it is off now. */
export function commandFor(model: Pick<Model, 'setting'>, place: PlaceName, key: string): Named | undefined {
  return commandsAt(model, place).find((command) => command.keys.includes(key));
}

/** The first of its keys there. */
export function keyOf(model: Pick<Model, 'setting'>, place: PlaceName, name: string): string {
  return commandsAt(model, place).find((command) => command.name === name)?.keys[0] ?? '';
}
