import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Help } from '../i18n/en/help.ts';

/** Each adds a group of flags to a command; what they say is in `help.flags` under the same name. */
export function connectionFlags(command: Command, { flags }: Help): void {
  const repeatable = ['server', 'acceptNode'];
  const spellings = {
    profile: '--profile <name>',
    server: '--server <url>',
    namespace: '--namespace <id>',
    group: '--group <group>',
    username: '--username <user>',
    passwordFrom: '--password-from <reference>',
    accessKeyFrom: '--access-key-from <reference>',
    secretKeyFrom: '--secret-key-from <reference>',
    securityTokenFrom: '--security-token-from <reference>',
    signatureRegion: '--signature-region <region>',
    contextPath: '--context-path <path>',
    dialect: '--dialect <v1|v3>',
    ca: '--ca <file>',
    cert: '--cert <file>',
    key: '--key <file>',
    acceptNode: '--accept-node <url>',
    lang: '--lang <language>',
    color: '--color <when>',
    theme: '--theme <name>',
    plain: '--plain',
  } as const;
  for (const [name, spelling] of entriesOf(spellings))
    command.addOption(option(spelling, flags[name], repeatable.includes(name)));
}

export function planFlags(command: Command, { flags }: Help): void {
  command.addOption(option('--service <service>', flags.service));
  command.addOption(option('--cluster <cluster>', flags.cluster));
  command.addOption(option('--instance <ip:port>', flags.instance, true));
  command.addOption(option('--exclude <ip:port>', flags.exclude, true));
  command.addOption(option('--host <ip>', flags.host, true));
  command.addOption(option('--where <condition>', flags.where, true));
  command.addOption(option('--not-on <version>', flags.notOn));
  command.addOption(option('--order <order>', flags.order));
  settingFlags(command, { flags });
  command.addOption(option('--after-first <gate>', flags.afterFirst, true));
  command.addOption(option('--between-batches <gate>', flags.betweenBatches, true));
  command.addOption(option('--on-failure <what>', flags.onFailure));
  command.addOption(option('--max-failures <number|percent>', flags.maxFailures));
  command.addOption(option('--deadline <time>', flags.deadline));
  command.addOption(option('-f, --file <plan.yaml>', flags.file));
}

function settingFlags(command: Command, { flags }: Pick<Help, 'flags'>): void {
  command.addOption(option('--companion <service>', flags.companion, true));
  command.addOption(option('--batch <count|percent|list>', flags.batch));
  command.addOption(option('--minimum <number|percent>', flags.minimum));
  command.addOption(option('--zones <zones>', flags.zones));
  command.addOption(option('--zone-minimum <number>', flags.zoneMinimum));
  command.addOption(option('--drain <time|consumers>', flags.drain));
  command.addOption(option('--evidence <source>', flags.evidence, true));
  command.addOption(option('--floor <time>', flags.floor));
  command.addOption(option('--ceiling <time>', flags.ceiling));
  command.addOption(option('--certainty <percent>', flags.certainty));
  command.addOption(option('--slowest <rate>', flags.slowest));
  command.addOption(option('--drain-ahead', flags.drainAhead));
  command.addOption(option('--no-drain-ahead', '').hideHelp());
  command.addOption(option('--check <check>', flags.check));
  command.addOption(option('--warm-up <time>', flags.warmUp));
  command.addOption(option('--soak <time>', flags.soak));
  command.addOption(option('--deploy <command>', flags.deploy));
  command.addOption(option('--deploy-timeout <time>', flags.deployTimeout));
  command.addOption(option('--rollback <command>', flags.rollback));
  command.addOption(option('--leave <call>', flags.leave));
  command.addOption(option('--back <call>', flags.back));
  command.addOption(option('--notify <receiver>', flags.notify, true));
}

/** What a pipeline is told of a rollout that is followed. */
export function pipelineFlags(command: Command, { flags }: Pick<Help, 'flags'>): void {
  command.addOption(option('--json', flags.jsonEvents));
  command.addOption(option('--report <junit=file>', flags.junit));
  command.addOption(option('--annotations <pipeline>', flags.annotations));
}

export function switchFlags(command: Command, { flags }: Help): void {
  command.addOption(option('--instance <ip:port>', flags.instance, true));
  command.addOption(option('--host <ip>', flags.host, true));
  command.addOption(option('--ip <ip>', flags.ip));
  command.addOption(option('--self', flags.self));
  command.addOption(option('--port <port>', flags.port));
  command.addOption(option('--companion <service>', flags.companion, true));
  command.addOption(option('--wait <time>', flags.wait));
  if (command.name() === 'disable') {
    command.addOption(option('--minimum <number|percent>', flags.minimum));
    command.addOption(option('--leave <call>', flags.leave));
    overrideFlag(command, { flags });
    return;
  }
  command.addOption(option('--check <check>', flags.checkBefore));
  command.addOption(option('--back <call>', flags.back));
  command.addOption(option('--within <time>', flags.within));
  command.addOption(option('--restarted', flags.restarted));
}

/** Named in full, so that no habit types it. */
export function overrideFlag(command: Command, { flags }: Pick<Help, 'flags'>): void {
  command.addOption(option('--override <service>', flags.override, true));
}

export function profileFlags(command: Command, help: Help): void {
  const { flags } = help;
  command.addOption(option('--production', flags.production));
  command.addOption(option('--no-production', '').hideHelp());
  command.addOption(option('--read-only', flags.readOnly));
  command.addOption(option('--no-read-only', '').hideHelp());
  command.addOption(option('--service <service>', flags.ofService));
  command.addOption(option('--port <port>', flags.ports, true));
  settingFlags(command, help);
}

/** What they name is acted on, so whoever gives two means both. Of a setting the last one counts, as after `$DEFAULTS` in a script. */
const single = [
  'profile',
  'service',
  'not-on',
  'cluster',
  'file',
  'ip',
  'port',
  'namespace',
  'group',
  'deploy',
  'check',
  'rollback',
  'leave',
  'back',
];

/** Without a value they say nothing; of others, as `--namespace ""`, emptiness is one. */
const neverEmpty = ['file', 'not-on', 'deploy', 'rollback', 'cluster', 'profile', 'ip', 'ca', 'cert', 'key'];

/** A repeatable one gathers its values in their order. */
export function option(spelling: string, description: string, isRepeatable = false): Option {
  const made = new Option(spelling, description);
  if (isRepeatable)
    return made.argParser((value: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      value,
    ]);
  const name = made.name();
  return made.argParser((value: string, before: string | undefined) => {
    const isSecond = single.includes(name) && before !== undefined && before !== value;
    if (isSecond || (value === '' && neverEmpty.includes(name))) throw new InvalidArgumentError('');
    return value;
  });
}

function entriesOf<T extends object>(record: T): [keyof T, T[keyof T]][] {
  return Object.entries(record) as [keyof T, T[keyof T]][];
}
