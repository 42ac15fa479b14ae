import { themeNames } from '../../profiles/theme-name.ts';
import type { NameKind } from './names.ts';

/** What comes after a flag or in the place of an argument. A word that ends with `:` or `=` is gone on with. */
export type Source =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'files' }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'names'; readonly names: NameKind; readonly words?: readonly string[] };

const nothing: Source = { kind: 'nothing' };
const files: Source = { kind: 'files' };
const words = (...list: readonly string[]): Source => ({ kind: 'words', words: list });
const names = (kind: NameKind, ...list: readonly string[]): Source => ({
  kind: 'names',
  names: kind,
  words: list,
});

const references = words('env:', 'file:', 'command:');
const drains = ['skip-drain', 'extend-drain'];
const decisions = ['retry', 'retry-target', 'leave-off', 'put-on', 'take-as-done', 'roll-back', 'take-new'];
const checks = words('tcp', 'none', 'http://', 'https://', 'actuator:', 'grpc:');

/** By the attribute of a flag. What is not here has no names that anybody could know. */
export const flagSources: Readonly<Record<string, Source>> = {
  profile: names('profiles'),
  namespace: names('namespaces'),
  group: names('groups'),
  passwordFrom: references,
  accessKeyFrom: references,
  secretKeyFrom: references,
  securityTokenFrom: references,
  dialect: words('v1', 'v3'),
  ca: files,
  cert: files,
  key: files,
  lang: words('en', 'zh-CN'),
  color: words('never', 'always', 'auto'),
  theme: words(...themeNames),
  service: names('services'),
  cluster: names('clusters'),
  instance: names('instances'),
  exclude: names('instances'),
  ip: names('ips'),
  host: names('ips'),
  port: names('ports'),
  gone: names('off'),
  override: names('services'),
  companion: names('services', 'process', 'ip', 'none'),
  order: words('ip', 'weight', 'cluster', 'traffic', 'given', 'metadata:'),
  drain: words('grpc', 'dubbo', 'ribbon', 'spring-cloud', 'legacy'),
  evidence: words('actuator:', 'connections', 'connections:', 'prometheus:', 'json:', 'command:', 'none'),
  check: checks,
  notify: words('dingtalk:env:', 'feishu:env:', 'wecom:env:', 'slack:env:', 'webhook:', 'none'),
  afterFirst: words('pause', 'pause:', 'sleep:', 'soak:'),
  betweenBatches: words('pause', 'pause:', 'sleep:', 'soak:'),
  deploy: files,
  rollback: files,
  onFailure: words('stop', 'continue'),
  abort: words('put-back', 'leave'),
  target: names('targets'),
  file: files,
  format: words('md', 'json', 'junit'),
  report: words('junit='),
  annotations: words('github', 'gitlab', 'none'),
  html: files,
};

/** These take a number, a time, an address or a name that nobody has thought of yet. */
export const freeFlags: readonly string[] =
  'server acceptNode contextPath username signatureRegion batch minimum floor ceiling certainty slowest warmUp soak deployTimeout maxFailures deadline wait within unset decide by zones zoneMinimum where notOn leave back'.split(
    ' ',
  );

/** By the name of an argument, or with that of its command before it. */
const argumentSources: Readonly<Record<string, Source>> = {
  service: names('services'),
  pattern: names('services'),
  id: names('rollouts'),
  name: names('profiles'),
  shell: words('bash', 'zsh', 'fish'),
  'schema what': words('plan', 'profile', 'event'),
  'order what': words(
    'pause',
    'continue',
    'pass-gate',
    'retry-gate',
    'abort-put-back',
    'abort-leave',
    'stop',
    ...drains,
    ...decisions,
  ),
  // A new one has no name yet.
  'add name': nothing,
};

export function flagSource(attribute: string): Source {
  return flagSources[attribute] ?? nothing;
}

export function argumentSource(command: string, argument: string): Source {
  return argumentSources[`${command} ${argument}`] ?? argumentSources[argument] ?? nothing;
}
