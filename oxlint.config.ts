import { relative } from 'node:path';
import { type OxlintOverride, defineConfig } from 'oxlint';

/**
 * The rooms of `src` and what each may know of the others, from the inside out; `''` is `src` itself, and `core` all of
 * its rooms. Every other import from room to room is an error, a type alone too: so the arrows keep their direction, and
 * none closes a circle.
 */
export const rooms: Readonly<Record<string, string>> = {
  'core/text': '',
  'core/registry': 'core/text',
  'core/drain': 'core/text',
  'core/notify': 'core/registry core/text',
  'core/batches': 'core/registry core/text',
  'core/which': 'core/registry core/text',
  'core/hooks': 'core/text',
  'core/gate': 'core/hooks core/text',
  'core/plan': 'core/batches core/drain core/gate core/hooks core/notify core/registry core/text core/which',
  'core/planning':
    'core/batches core/drain core/gate core/hooks core/notify core/plan core/registry core/text core/which',
  'core/flaw': 'core/plan core/planning core/registry core/text',
  'core/plan-diff': 'core/plan core/planning core/registry',
  'core/plan-reading': 'core/plan core/planning core/registry',
  'core/plan-origin':
    'core/batches core/drain core/flaw core/gate core/hooks core/plan core/plan-reading core/planning core/registry core/text',
  'core/command': 'core/gate core/hooks core/plan core/registry',
  'core/event': 'core/drain core/gate core/hooks core/plan core/registry core/text',
  'core/rollout': 'core/batches core/drain core/event core/gate core/hooks core/plan core/registry core/text',
  'core/apply': 'core/drain core/event core/hooks core/plan core/registry core/rollout core/text',
  'core/roll-back': 'core/plan core/registry core/rollout',
  'core/report':
    'core/apply core/batches core/drain core/event core/hooks core/notify core/plan core/registry core/rollout core/text',
  world: 'core',
  keyboard: 'world',
  profiles: 'core world',
  probes: 'core world',
  'probes/evidence': 'core probes world',
  rehearsal: 'core/registry world',
  'nacos/signature': 'core/text world',
  'nacos/http': 'core nacos/signature world',
  'nacos/login': 'core/registry nacos/http world',
  'nacos/wire': 'core/registry core/text nacos/http world',
  'nacos/v1': 'core/registry nacos/http nacos/wire world',
  'nacos/v3': 'core/registry nacos/http nacos/wire world',
  'nacos/server': 'core/registry nacos/http nacos/login nacos/v1 nacos/v3 nacos/wire world',
  'nacos/presence': 'core/registry nacos/http nacos/server nacos/v1 nacos/v3 world',
  'nacos/grpc': 'core/registry core/text nacos/http nacos/signature nacos/wire world',
  nacos: 'core/registry core/event nacos/grpc nacos/http nacos/presence nacos/server nacos/wire world',
  'sandbox/registry': 'core/registry',
  'sandbox/routes': 'core sandbox/registry world',
  sandbox: 'sandbox/registry sandbox/routes world',
  'sandbox/gateway': 'core/text world',
  'sandbox/application': 'core/text world',
  'sandbox/demo': 'core sandbox sandbox/application sandbox/gateway sandbox/registry world',
  'runner/context': 'core world',
  'runner/store': 'core world',
  'runner/registry': 'core runner/context runner/store world',
  'runner/once': 'core runner/context runner/registry world',
  'runner/review/settle': 'core world',
  'runner/review': 'core runner/context runner/review/settle world',
  'runner/ports': 'core profiles runner/registry runner/review runner/store world',
  'runner/steps/commands': 'core runner/context world',
  'runner/steps': 'core runner/context runner/registry runner/steps/commands world',
  'runner/steps/keep-out': 'core runner/context runner/registry world',
  'runner/gate': 'core runner/context runner/steps world',
  'runner/engine':
    'core runner/context runner/gate runner/ports runner/steps runner/steps/commands runner/steps/keep-out runner/store world',
  'runner/process': 'core runner/context runner/engine runner/ports runner/registry runner/store world',
  'i18n/grammar': 'core/flaw core/text',
  'i18n/en': 'core i18n/grammar profiles runner/ports runner/registry runner/review world',
  'i18n/zh-cn': 'core i18n/en i18n/grammar profiles runner/ports runner/registry runner/review',
  i18n: 'i18n/en i18n/zh-cn',
  notify: 'core i18n i18n/en nacos/http probes profiles world',
  doctor: 'core profiles runner/context runner/ports runner/process runner/registry world',
  'cli/io':
    'core i18n i18n/en keyboard profiles runner/once runner/ports runner/process runner/registry world',
  'cli/one-shot':
    'core cli/io cli/plan doctor profiles runner/context runner/once runner/process runner/registry runner/review world',
  'cli/plan': 'core cli/io i18n i18n/en profiles runner/review world',
  'cli/rollout': 'core cli/io i18n i18n/en profiles runner/ports runner/registry',
  'cli/completion': 'core cli/io cli/plan i18n i18n/en profiles runner/ports world',
  'cli/manual': 'i18n/en',
  'cli/plan-commands': 'core cli/io cli/plan i18n/en profiles runner/review',
  'cli/pipeline': 'core cli/io cli/rollout i18n',
  'cli/rollout-commands':
    'core cli/io cli/pipeline cli/plan cli/rollout i18n i18n/en runner/ports runner/review',
  'cli/status': 'core doctor cli/io cli/plan cli/rollout i18n profiles runner/ports',
  'cli/report-page': 'core cli/io cli/rollout i18n',
  'cli/commands':
    'core doctor cli/completion cli/io cli/manual cli/one-shot cli/pipeline cli/plan cli/report-page cli/rollout cli/rollout-commands cli/status i18n i18n/en profiles runner/ports runner/process runner/registry runner/review world',
  'cli/guide': 'cli/commands cli/io cli/rollout-commands cli/status core i18n profiles runner/ports',
  cli: 'cli/commands cli/completion cli/guide cli/io cli/manual cli/plan-commands cli/rollout-commands core/rollout core/text i18n i18n/en keyboard profiles',
  'tui/draw': 'core/report core/text i18n i18n/en i18n/zh-cn',
  'tui/draft': 'core/batches core/drain core/plan core/plan-reading core/registry core/text',
  'tui/paint': 'core/text tui/draw',
  'tui/model': 'core i18n keyboard runner/ports runner/review tui/draft tui/draw world',
  'tui/panes': 'tui/model',
  'tui/view': 'core i18n/en runner/ports tui/draft tui/draw tui/model',
  'tui/view/catalogue': 'core tui/draft tui/model tui/view',
  'tui/keys': 'core runner/review tui/draw tui/model tui/panes tui/view',
  'tui/palette': 'core runner/ports tui/draw tui/keys tui/model tui/view',
  'tui/tour': 'i18n/en runner/review tui/draft tui/keys tui/model tui/view',
  'tui/components': 'core i18n/en tui/draw tui/keys tui/model tui/panes tui/tour tui/view',
  'tui/effects':
    'core i18n/en runner/once runner/ports runner/process runner/registry runner/review tui/draft tui/model world',
  'tui/screens/rollout': 'core i18n/en tui/components tui/draw tui/keys tui/model tui/view world',
  'tui/screens/catalogue':
    'core i18n/en runner/review tui/components tui/draw tui/keys tui/model tui/view tui/view/catalogue',
  'tui/screens/machine': 'core i18n/en runner/ports tui/components tui/draw tui/keys tui/model tui/view',
  'tui/screens':
    'core i18n/en runner/ports runner/review tui/components tui/draft tui/draw tui/keys tui/model tui/palette tui/panes tui/screens/catalogue tui/screens/machine tui/screens/rollout tui/view',
  'tui/update/acts':
    'core tui/components tui/draft tui/keys tui/model tui/panes tui/palette tui/screens tui/view',
  'tui/update/stay': 'core tui/keys tui/model tui/update/acts tui/view',
  'tui/update/messages':
    'core/apply core/event core/registry core/rollout core/text runner/ports tui/keys tui/model tui/panes tui/update/acts tui/view',
  'tui/update':
    'core/registry tui/keys tui/model tui/palette tui/panes tui/screens tui/update/acts tui/update/messages tui/update/stay tui/view',
  tui: 'core/registry core/text i18n keyboard runner/ports tui/components tui/draw tui/effects tui/model tui/paint tui/screens tui/update world',
  wiring:
    'core i18n nacos notify probes probes/evidence profiles rehearsal runner/once runner/ports runner/process runner/registry runner/review runner/store sandbox/demo world',
  'wiring/console':
    'cli/io cli/rollout core doctor i18n keyboard nacos/http profiles runner/ports runner/process runner/store sandbox/demo sandbox/gateway tui tui/draft tui/draw tui/keys tui/model wiring world',
  'wiring/commands': 'cli/completion cli/io i18n nacos/http profiles wiring wiring/console world',
  '': 'core cli cli/completion cli/io i18n i18n/en keyboard sandbox/demo wiring wiring/commands wiring/console world',
};

/** Packages that only these rooms may load, with all that lies in them: core stays pure, and a face light. */
const packages: Readonly<Record<string, string>> = {
  'node:': 'cli keyboard nacos notify probes profiles rehearsal runner sandbox src tui wiring world',
  '@grpc/': 'nacos/grpc probes',
  commander: 'cli',
  conf: 'profiles',
  protobufjs: 'nacos/grpc',
  undici: 'nacos/http notify probes sandbox wiring',
  yaml: 'cli wiring',
};

type Pattern = { regex: string; message: string };

const folderOf = (room: string): string => (room === '' ? 'src' : `src/${room}`);
const isIn = (room: string, place: string): boolean =>
  room === place || room.startsWith(`${place}/`) || (room === '' && place === 'src');

/** An error for each room that this one may not know, as a relative path names it from there. */
function unknownTo(room: string, known: readonly string[]): Pattern[] {
  return Object.keys(rooms)
    .filter((other) => other !== room && !known.includes(other))
    .filter((other) => !(known.includes('core') && isIn(other, 'core')))
    .map((other) => {
      const path = relative(folderOf(room), folderOf(other));
      const from = path.startsWith('..') ? path : `./${path}`;
      const message = `${folderOf(room)} does not know ${folderOf(other)}: oxlint.config.ts says what it knows.`;
      return { regex: `^${from.replaceAll('.', '\\.')}/[^/]+$`, message };
    });
}

function closedTo(room: string): Pattern[] {
  return Object.entries(packages)
    .filter(([, places]) => !places.split(' ').some((place) => isIn(room, place)))
    .map(([name, places]) => ({ regex: `^${name}`, message: `Only these load ${name}: ${places}.` }));
}

const directions = Object.entries(rooms).map(([room, known]): OxlintOverride => {
  const patterns = [...unknownTo(room, known.split(' ')), ...closedTo(room)];
  return { files: [`${folderOf(room)}/*`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

/** The only files that read `process` and the clock: everybody else is handed what they need. */
const outermost = [
  'src/main.ts',
  'src/start.ts',
  'src/end.ts',
  'src/core/text/program.ts',
  'src/core/text/stamp.ts',
  'src/world/clock.ts',
  'src/world/commands.ts',
  'src/world/process-mark.ts',
];

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', 'node_modules', 'test/live/**/target'],
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'max-lines': ['error', { max: 250 }],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/ban-ts-comment': 'error',
    'no-console': 'error',
    eqeqeq: 'error',
    'prefer-const': 'error',
    'no-var': 'error',
    'no-await-in-loop': 'off',
    'no-shadow': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'import/no-unassigned-import': 'off',
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-underscore-dangle': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
  },
  overrides: [
    {
      files: ['src/**'],
      rules: {
        'no-restricted-globals': [
          'error',
          { name: 'Date', message: 'Time is a port: ask world.clock.' },
          { name: 'setTimeout', message: 'Time is a port: ask world.clock.' },
          { name: 'setInterval', message: 'Time is a port: ask world.clock.' },
          { name: 'process', message: 'main.ts is the only reader of process.' },
        ],
      },
    },
    ...directions,
    { files: outermost, rules: { 'no-restricted-globals': 'off' } },
    {
      // Languages are lists by nature.
      files: ['src/i18n/{en,zh-cn}/**'],
      rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
    },
    { files: ['test/**'], rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
    { files: ['vitest.config.ts', 'oxlint.config.ts'], rules: { 'import/no-default-export': 'off' } },
  ],
});
