import { neededFlags } from '../../../src/profiles/needed-flags.ts';
import type { ProfileStore } from '../../../src/profiles/store.ts';
import type { Diagnosis } from '../../../src/runner/ports/diagnosis.ts';
import type {
  LaunchProblem,
  Launched,
  OpenRollout,
  StartRequest,
} from '../../../src/runner/ports/face-ports.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import type { ConsolePorts } from '../../../src/tui/model/console-ports.ts';
import type { ProfileEntry } from '../../../src/tui/model/profile-fields.ts';
import type { ProfileValues } from '../../../src/tui/model/profile-fields.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import { fakeRegistry, type Listing, usualInstances } from './fake-registry.ts';
import { reached } from './usual-plan.ts';

export type FakePorts = ConsolePorts & {
  readonly instances: Listing;
  entries: ProfileEntry[];
  findings: readonly Finding[];
  open: readonly OpenRollout[];
  /** Why there are journals of which nothing is known. */
  unreadable: readonly LaunchProblem[];
  /** Why nothing could begin here. */
  obstacle: LaunchProblem | undefined;
  /** What starting, attaching or resuming gives. */
  launch: (asked: unknown) => Launched;
  /** Everything that was asked of outside and has an effect there. */
  readonly asked: unknown[];
  tail: string | undefined;
  /** What the doctor finds. */
  ailments: readonly Diagnosis[];
};

export function profileEntry(name: string, change: Partial<ProfileEntry['spec']> = {}): ProfileEntry {
  const { product: _product, version: _version, ...spec } = reached;
  return {
    name,
    isCurrent: false,
    spec: { ...spec, profile: name, ...change },
    group: undefined,
    defaults: { deploy: './redeploy.sh' },
  };
}

/** The profile that rollouts of tests were reached by. */
const profileStore: ProfileStore = {
  path: '',
  read: () => ({
    ok: true,
    value: { profiles: { 'prod-sh': { servers: [...reached.servers] } }, warnings: [] },
  }),
  save: () => undefined,
  remove: () => undefined,
  use: () => undefined,
};

export function fakePorts(clock: VirtualClock): FakePorts {
  const instances: Listing = { list: usualInstances, unreadable: [] };
  const asked: unknown[] = [];
  const ports: FakePorts = {
    clock,
    who: 'deployer@bastion-1',
    instances,
    asked,
    entries: [profileEntry('prod-sh'), profileEntry('staging')],
    findings: [{ level: 'good', kind: 'leader', isThere: true, isKnown: true }],
    open: [],
    unreadable: [],
    obstacle: undefined,
    launch: () => ({ ok: false, problem: { kind: 'runner-failed', detail: 'no script' } }),
    tail: undefined,
    connect: (spec, typedPassword) => {
      asked.push({ connect: spec.profile, typedPassword });
      return Promise.resolve({
        ok: true,
        value: { spec, reached: { ...reached, ...spec }, registry: fakeRegistry(instances) },
      });
    },
    review: (plan) => Promise.resolve({ plan, nodes: ['http://10.0.0.1:8848'], findings: ports.findings }),
    launcher: {
      obstacle: () => Promise.resolve(ports.obstacle),
      start: (request: StartRequest) =>
        launched({ start: request.world, targets: request.plan.targets.map(({ name }) => name) }),
      attach: (id, options) => launched({ attach: id, ...options }),
      resume: (id, options) => launched({ resume: id, ...options }),
      abandon: (id) => {
        asked.push({ abandon: id });
        return Promise.resolve(undefined);
      },
      all: () => Promise.resolve({ rollouts: ports.open, unreadable: ports.unreadable }),
      read: (id) => Promise.resolve({ ok: false, problem: { kind: 'no-such-rollout', id } }),
      noteSwitch: () => Promise.reject(new Error('the console takes nothing off once')),
      settleSwitch: ({ registrations }) => {
        asked.push({ settled: registrations.map(({ ip, port }) => `${ip}:${port}`) });
        return Promise.resolve();
      },
    },
    holderOf: () => undefined,
    readTail: () => Promise.resolve(ports.tail),
    profiles: {
      list: () => Promise.resolve({ ok: true, entries: ports.entries }),
      save: (values: ProfileValues) => {
        asked.push({ save: values.name });
        ports.entries.push(profileEntry(values.name));
        return Promise.resolve(undefined);
      },
      specOf: ({ name, servers, username, passwordFrom }) => {
        const login = {
          username: username || undefined,
          passwordFrom: passwordFrom || undefined,
        };
        return { ok: true, spec: profileEntry(name, { servers: servers.split(' '), ...login }).spec };
      },
      remove: (name) => {
        asked.push({ remove: name });
        ports.entries = ports.entries.filter((entry) => entry.name !== name);
        return Promise.resolve(undefined);
      },
    },
    ailments: [],
    examine: (here) => {
      asked.push({ examine: here?.spec.profile });
      return Promise.resolve({
        found: ports.ailments,
        canMend: ports.ailments.some(({ level }) => level === 'bad'),
        isReadOnly: false,
        mend: (gone) => {
          asked.push({ mend: gone });
          ports.ailments = [{ level: 'good', kind: 'nothing-off' }];
          return Promise.resolve([{ level: 'good', kind: 'locks-released', count: 1 }]);
        },
        close: () => {
          asked.push('examination closed');
          return Promise.resolve();
        },
      });
    },
    report: (id, language) => {
      asked.push({ report: id, language });
      return Promise.resolve({ ok: true, lines: [`# Rollout ${id}`, '', 'Nothing is off.'] });
    },
    savePlan: (file) => {
      asked.push({ saved: file });
      return Promise.resolve({ ok: true, path: 'plan-orders.yaml' });
    },
    keepCopy: (text) => {
      asked.push({ copied: text });
      return Promise.resolve('/state/copied.txt');
    },
    flagsTo: (spec) => neededFlags(spec, {}, profileStore),
    curlOf: ({ method, url }) => `curl -X ${method} '${url}'`,
  };
  const launched = (what: unknown): Promise<Launched> => {
    asked.push(what);
    return Promise.resolve(ports.launch(what));
  };
  return ports;
}
