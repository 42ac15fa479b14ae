import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { evidenceFlaw } from './drain.ts';

/** What would be right in place of what was typed. */
export const right = {
  duration: 'write 500ms, 40s, 2m or 1h',
  drain: 'write a time such as 40s, or grpc, dubbo, ribbon, spring-cloud or legacy',
  evidence: evidenceFlaw,
  certainty: 'write a percent such as 99.9% or a share such as 0.999, from 50% up and less than 100%',
  slowest: 'write the calls a second of the rarest consumer, such as 0.5, 0.5/s, 30/m or 2/h',
  check: 'write a URL, actuator:URL, grpc:HOST:PORT, tcp, none or a command line',
  call: 'write a method and a URL, as in GET http://{ip}:{port}/api/nacos/deregister, or a command line',
  command: 'write a command line',
  none: (setting: string): string =>
    `none takes nothing away here; to forget what a profile has: ${program} profile edit NAME --unset ${setting}, with --service where it is said of one`,
  instead: (meant: string): string => `did you mean ${shellWord(meant)}?`,
  minimum: 'write a number such as 4 or a percent such as 75%',
  batch: 'write a number from 1 to 1000, a percent such as 25%, or a list that grows, as 1,25%,100%',
  zones: 'write cluster or metadata:KEY',
  zoneMinimum:
    'write how many stay on in each zone, from 0 to 1000, and --zones beside it; a percent is for --minimum alone',
  gate: 'write pause, pause:TEXT, sleep:10m, soak:10m or a command line',
  notify:
    'write dingtalk:env:NAME, feishu:, wecom: or slack: likewise, or webhook:URL, each with secret:env:NAME and on:failed,finished behind it where wanted; secrets are env:NAME, file:PATH or command:…, never literal; none: nobody',
  companion: 'write [GROUP@@]NAME[:PORT], with * for anything in the name, or process, ip, none',
  order: 'write ip, weight, cluster, traffic, given or metadata:KEY',
  host: 'write the ip, or the host name that is registered in place of one, without a port: 10.0.0.5',
  where:
    'write zone=a, zone=a,b, version!=2.3.*, ip=10.0.1.*, cluster=DEFAULT or weight>0; what is neither ip, cluster nor weight is a key of the metadata',
  html: 'write a new file that ends in .html, after the ID, as in report ID --html page.html',
  maxFailures: 'write a number such as 2 or a percent of the targets such as 10%',
  deadline: 'write how long after its beginning, such as 3h, or a time with its zone, 2026-11-28T02:00+08:00',
  onFailure: 'write stop or continue',
  instance: 'write ip:port, an IPv6 address in brackets: [2001:db8::1]:8080',
  ip: 'write the ip alone with --port PORT, or both as --instance IP:PORT',
  port: 'write a number from 1 to 65535',
  report: 'write junit=FILE',
  decide:
    'write TARGET=DECISION, where the decision is retry, retry-target, leave-off, put-on, take-as-done, roll-back or take-new',
  language: 'write en or zh-CN',
  color: 'write never, always or auto',
  known: (services: readonly string[]): string =>
    services.length === 0
      ? 'this profile says nothing of services'
      : `it says something of ${services.join(', ')}`,
  setting: (known: readonly string[]): string => `write one of ${known.join(', ')}`,
};
