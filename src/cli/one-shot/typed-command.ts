import { shellWord } from '../../core/text/shell-word.ts';
import type { WhichFlags } from './find-switched.ts';

type TypedFlags = WhichFlags & {
  readonly group?: string | undefined;
  readonly companion?: readonly string[];
  readonly minimum?: string;
  readonly leave?: string;
  readonly override?: readonly string[];
  readonly wait?: string;
};

/** `disable` as it was typed, to be told by journals: without what reaches Nacos and lets us in. */
export function typedCommand(service: string | undefined, flags: TypedFlags): string {
  const {
    group,
    instance = [],
    ip,
    self,
    port,
    host = [],
    companion = [],
    minimum,
    leave,
    override = [],
    wait,
  } = flags;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['--group', group],
    ...instance.map((one) => ['--instance', one] as const),
    ...host.map((one) => ['--host', one] as const),
    ['--ip', ip],
    ['--port', port],
    ...companion.map((one) => ['--companion', one] as const),
    ['--minimum', minimum],
    ['--leave', leave],
    ...override.map((one) => ['--override', one] as const),
    ['--wait', wait],
  ];
  return [
    'nacos-rollout disable',
    ...(service === undefined ? [] : [shellWord(service)]),
    ...(self === true ? ['--self'] : []),
    ...pairs.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag} ${shellWord(value)}`])),
  ].join(' ');
}
