import type { TuiWords } from '../../../src/i18n/en/tui.ts';
import type { Language } from '../../../src/i18n/language.ts';
import { type Journey, type Stage, anyKey } from './journey.ts';
import { drains, killRunner, services, skipDrain, toDrain, typed, typing } from './steps.ts';

/** What is done beside a rollout: profiles, lists, languages, the doctor. */
export const staying: readonly Journey[] = [
  {
    name: 'a profile made and edited',
    isFirstContact: true,
    steps: [
      { sees: ({ screens }) => [screens.profiles.welcome.title, screens.profiles.welcome.profile] },
      { press: 'n', sees: ({ screens }) => [screens.form.titleNew, fieldAt(screens.form.fields.name)] },
      { press: 'enter', sees: typing },
      ...typed('mine', ({ screens }) => [/ mine\b/, fieldAt(screens.form.fields.servers)]),
      { press: 'enter', sees: typing },
      ...typed(
        (_words, { sandbox }) => sandbox.demo.nacos,
        ({ screens }) => [screens.form.trial.reached('nacos', '2.2.4'), screens.form.trial.login.none],
      ),
      {
        press: 'S',
        sees: ({ screens, notices }) => [screens.profiles.title(1), notices.profileSaved, '▸ mine'],
      },
      {
        press: 'e',
        sees: ({ screens }) => [screens.form.titleEdit('mine'), fieldAt(screens.form.fields.name)],
      },
      ...(['servers', 'namespace', 'group'] as const).map((field) => ({
        press: 'j',
        sees: ({ screens }: TuiWords) => [fieldAt(screens.form.fields[field])],
      })),
      { press: 'enter', sees: typing },
      ...typed('OTHER', ({ screens }) => [/ OTHER\b/, fieldAt(screens.form.fields.username)]),
      { press: 'S', sees: ({ screens, notices }) => [screens.profiles.title(1), notices.profileSaved] },
      { press: 'enter', again: true, sees: ({ screens }) => [screens.services.title(4, 4), /^ mine /] },
    ],
  },
  {
    name: 'palette',
    steps: [
      services,
      { press: ':', sees: ({ commands }) => [`▸ ${commands.keys['enter']} ${commands.names.choose[1]}`] },
      { press: 'shop', sees: ({ screens }) => [`▸ ${screens.palette.kinds.service} shop`] },
      { press: 'enter', sees: ({ screens }) => [screens.instances.title(2, 2, 0, 0)] },
      { press: ':', sees: ({ commands }) => [commands.names.go[0], commands.names.mark[1]] },
      {
        press: ({ commands }) => commands.names.doctor[1].slice(0, 8),
        sees: ({ commands }) => [`▸ H ${commands.names.doctor[1].slice(0, 20)}`],
      },
      { press: 'enter', sees: ({ machine }) => [machine.doctor.name, /2\.2\.4/] },
      { press: 'escape', sees: ({ screens }) => [screens.instances.title(2, 2, 0, 0)] },
      { press: 'escape', sees: ({ screens }) => [screens.services.title(4, 4)] },
    ],
  },
  {
    name: 'filter',
    steps: [
      services,
      { press: '/', sees: typing },
      { press: 'shop', sees: ({ screens }) => [screens.services.title(1, 4)] },
      {
        press: 'enter',
        sees: ({ screens }) => [screens.services.title(1, 4), `${screens.services.filter}: shop`],
        lacks: typing,
      },
      { press: 'escape', sees: ({ screens }) => [screens.services.title(4, 4)] },
      { press: '/', sees: typing },
      ...typed('!shop', ({ screens }) => [screens.services.title(3, 4)]),
      { press: 'escape', sees: ({ screens }) => [screens.services.title(4, 4)] },
      { press: '/', sees: typing },
      ...typed('on<2', ({ screens }) => [screens.services.title(1, 4), '▸ orders-report']),
      { press: 'escape', sees: ({ screens }) => [screens.services.title(4, 4)] },
      { press: '/', sees: typing },
      { press: 'nobody', sees: ({ screens }) => [screens.services.noMatch(anyKey)] },
      { press: 'escape', sees: ({ screens }) => [screens.services.title(4, 4)] },
    ],
  },
  {
    name: 'another language, while it drains',
    drain: { floor: '10m' },
    steps: [
      ...toDrain,
      { beside: (stage) => stage.speak(otherThan(stage)), press: 'ctrl-t', sees: drains },
      {
        beside: (stage) => {
          const language = otherThan(stage);
          return stage.reopen({ language, words: ['--profile', 'demo', '--lang', language] });
        },
        sees: ({ screens }) => [screens.offer.title(1)],
      },
      { press: 'c', again: true, sees: ({ notices }) => [notices.questions['take-over']] },
      { press: 'y', sees: drains, lacks: ({ notices }) => [notices.questions['take-over']] },
      { beside: (stage) => stage.speak(stage.setting.language), press: 'ctrl-t', sees: drains },
      ...skipDrain,
    ],
  },
];

/** Last on its sandbox: the lease of a runner that was killed ends by itself, and holds its service until then. */
export const mending: Journey = {
  name: 'doctor mends',
  drain: { floor: '10m' },
  steps: [
    ...toDrain,
    {
      beside: async (stage) => {
        await killRunner(stage);
        await stage.reopen();
      },
      sees: ({ screens }) => [screens.offer.title(1)],
    },
    {
      press: 'l',
      again: true,
      sees: ({ screens }) => [screens.services.title(4, 4), screens.services.leftOff(1)],
    },
    { press: 'H', sees: ({ machine }) => [machine.doctor.canMend(anyKey)] },
    { press: 'm', sees: ({ notices }) => [notices.questions.mend] },
    { press: 'y', sees: ({ machine }) => [machine.doctor.mended] },
    {
      press: 'escape',
      sees: ({ screens }) => [screens.services.title(4, 4)],
      lacks: ({ screens }) => [screens.services.leftOff(1)],
    },
  ],
};

function otherThan({ setting }: Stage): Language {
  return setting.language === 'en' ? 'zh-CN' : 'en';
}

/** The cursor is on this field of a form. */
function fieldAt([label]: readonly string[]): string {
  return `▸ ${label}`;
}
