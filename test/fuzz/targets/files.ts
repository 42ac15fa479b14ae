import { parseDocument, stringify } from 'yaml';
import type { Cli } from '../../../src/cli/io/command-ports.ts';
import { readPlanFile } from '../../../src/cli/plan/read-plan-file.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { secretVariablesIn } from '../../../src/profiles/secret-reference.ts';
import { parseProfiles } from '../../../src/profiles/store.ts';
import { replayJournal } from '../../../src/runner/store/journal.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { spoken } from '../../support/spoken.ts';
import { type Target, oneLine, same, tellable } from '../target.ts';

const plan = `version: 1
profile: prod
defaults:
  drain: { consumers: spring-cloud, evidence: [{ prometheus: { url: "http://{ip}/m", metric: calls_total } }] }
  deploy: { run: ./redeploy.sh, timeout: 10m }
  check: { http: "http://{ip}:{port}/health", successes: 3, within: 3m }
  minimum: 75%
stages:
  - name: back end
    services:
      - service: orders
        companions: [{ service: "providers:*", group: DUBBO_GROUP }, process]
        order: { by: metadata, key: zone }
`;

/** A command line of which nothing is asked but a file. */
function cliWith(text: string): Cli {
  const ports = async () => ({ readText: async () => ({ ok: true, text }) });
  return { words: spoken.en, ports, input: { stdin: {} } } as unknown as Cli;
}

const profiles = JSON.stringify({
  current: 'prod',
  profiles: {
    prod: {
      servers: ['https://nacos:443'],
      username: 'ops',
      passwordFrom: 'env:NACOS_PASSWORD',
      tls: { ca: '/etc/ca.pem' },
      production: true,
      defaults: { drain: { floor: '40s' } },
    },
  },
});

const { plan: made, nodes } = plainScenario(1);
const journal = plannedLine(made, nodes, true);
const leftOff = leftOffEvents('7f3a0001')
  .map((event) => `${JSON.stringify(event)}\n`)
  .join('');

export const files: readonly Target[] = [
  {
    name: 'plan',
    slowMs: 1_500,
    seeds: [
      plan,
      'version: 1\nstages: [{ services: [{ service: orders }] }]\n',
      'a: &a [x]\nb: [*a,*a,*a]\n',
    ],
    words: ['&a ', '*a', '- ', ': ', '|', '>', '!!set', '---\n', '%YAML 1.1', '{', '[', '#'],
    run: async (input) => {
      const read = await readPlanFile(cliWith(input), 'plan.yaml');
      if (!read.ok) return tellable(() => read.sentence, Number.POSITIVE_INFINITY);
      const again = planFileSchema.parse(parseDocument(stringify(read.file)).toJS());
      same(again, read.file, 'printed and read again');
    },
  },
  {
    name: 'profiles',
    seeds: [profiles, '{"profiles":{}}'],
    words: ['"profiles":', '"servers":', '"passwordFrom":', 'env:', '"current":'],
    run: (input) => {
      secretVariablesIn(input);
      const read = parseProfiles(input);
      if (!read.ok) return oneLine(read.detail);
      for (const profile of Object.values(read.file.profiles))
        for (const from of [profile.passwordFrom, profile.secretKeyFrom])
          if (from !== undefined && !/^(env|file|command):/.test(from))
            throw new Error('a secret written out');
    },
  },
  {
    name: 'journal',
    seeds: [journal, leftOff, `${leftOff}{"v":1,"se`],
    words: ['"seq":', '"type":', '"v":2', '"target":', '\n', leftOff.split('\n')[1] ?? ''],
    run: (input) => {
      const read = replayJournal(input);
      if (read.ok) {
        if (Buffer.from(input).length < read.goodBytes) throw new Error('more bytes than there are');
        const printed = read.events.map((event) => `${JSON.stringify(event)}\n`).join('');
        const again = replayJournal(printed);
        same(again.ok && again.events, read.events, 'printed and read again');
        return;
      }
      const { problem } = read;
      if (problem.kind === 'unreadable-journal') oneLine(problem.detail);
      tellable(({ failures }) => failures.launchProblem({ ...problem, id: '7f3a0001' }));
    },
  },
];
