import { type Call, type Registration, type Target, mainRegistration } from '../plan/plan.ts';
import { fillPlaceholders } from '../plan/placeholders.ts';
import type { Command } from '../hooks/command.ts';
import type { HookStep } from '../hooks/hook-step.ts';
import { endpointText } from '../registry/service.ts';

/** When a command of a target runs. */
export type CommandStep = 'deploy' | 'rollback' | 'leave' | 'back' | HookStep;

export type CommandPlace = {
  readonly rollout: string;
  readonly profile: string | undefined;
  /** All of the plan's. */
  readonly targets: readonly Target[];
  /** As it is now: it may have come back under another address. */
  readonly target: Target;
  readonly step: CommandStep;
  readonly attempt: number;
};

/** What a command of ours is told by its environment: registries' words reach it in no other way. */
export function commandEnvironment(place: CommandPlace): Readonly<Record<string, string>> {
  const { rollout, profile, targets, target, step, attempt } = place;
  const main = mainRegistration(target);
  const companions = target.registrations.slice(1);
  return {
    NACOS_ROLLOUT_ID: rollout,
    NACOS_ROLLOUT_STEP: step,
    NACOS_ROLLOUT_ATTEMPT: String(attempt),
    NACOS_ROLLOUT_INDEX: String(targets.findIndex(({ name }) => name === target.name) + 1),
    NACOS_ROLLOUT_COUNT: String(targets.length),
    ...instanceEnvironment(main),
    NACOS_ROLLOUT_COMPANIONS: JSON.stringify(
      companions.map(({ group, service, cluster, ip, port }) => ({ group, service, cluster, ip, port })),
    ),
    NACOS_ROLLOUT_METADATA: JSON.stringify(main.metadata),
    ...(profile === undefined ? {} : { NACOS_ROLLOUT_PROFILE: profile }),
  };
}

/** What a check by command is told. */
export function checkEnvironment(registration: Registration): Readonly<Record<string, string>> {
  return { NACOS_ROLLOUT_STEP: 'check', ...instanceEnvironment(registration) };
}

/** Which instance it is about. */
export function instanceEnvironment(registration: Registration): Readonly<Record<string, string>> {
  const { service, group, namespace, cluster, ip, port } = registration;
  return {
    NACOS_ROLLOUT_SERVICE: service,
    NACOS_ROLLOUT_GROUP: group,
    NACOS_ROLLOUT_NAMESPACE: namespace,
    NACOS_ROLLOUT_CLUSTER: cluster,
    NACOS_ROLLOUT_IP: ip,
    NACOS_ROLLOUT_PORT: String(port),
    NACOS_ROLLOUT_INSTANCE: endpointText(registration),
  };
}

/** All that commands of ours are told. Who has one of them from outside was begun by a command of another rollout. */
export const toldVariables: readonly string[] = [
  'ID',
  'ON',
  'EVENT',
  'STEP',
  'ATTEMPT',
  'INDEX',
  'COUNT',
  'SERVICE',
  'GROUP',
  'NAMESPACE',
  'CLUSTER',
  'IP',
  'PORT',
  'INSTANCE',
  'COMPANIONS',
  'METADATA',
  'PROFILE',
  'GATE',
  'GATE_AT',
  'STAGE',
  'BATCH',
]
  .flatMap((name) => [name, `${name}_FILE`])
  .map((name) => `NACOS_ROLLOUT_${name}`);

/** A command line is left alone: what a registry says reaches it as environment variables only. */
export function filledCommand(command: Command, target: Target): Command {
  if ('run' in command) return command;
  const main = mainRegistration(target);
  return { ...command, argv: command.argv.map((word) => fillPlaceholders(word, main, 'word')) };
}

export function filledCall(call: Call, target: Target): Call {
  return 'url' in call
    ? { ...call, url: fillPlaceholders(call.url, mainRegistration(target), 'url') }
    : filledCommand(call, target);
}
