import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** What `enable` and `disable` of one instance say. */
export const oneShot = {
  /** `left`: it took itself out of Nacos's list. */
  switched: (instance: string, how: 'on' | 'off' | 'left', ms: number): string =>
    how === 'left'
      ? `${instance} has left: it took itself out of Nacos, and no list has it after ${time(ms)}.`
      : `${instance} is ${how}, read back after ${time(ms)}.`,
  cameBack: (instance: string): string =>
    `${instance} was asked to come back, is registered again, and is on.`,
  onceWell: (instance: string, command: string): string =>
    `${instance} is off still. Once it is well, again: ${command}`,
  awaitingReturn: (instances: readonly string[], at: string, withinMs: number): string =>
    `${instances.join(', ')} is not registered: it was taken off by us (${at}) and has not come back yet. Waiting for it, up to ${time(withinMs)}.`,
  stillAway: (instances: readonly string[], at: string, waitedMs: number, command: string): string =>
    `${instances.join(', ')} was taken off by us (${at}), is off still and has not come back: it is not registered after ${time(waitedMs)}. Once it is, again: ${command}`,
  awayNow: (instances: readonly string[], at: string, command: string): string =>
    `${instances.join(', ')} is away: it was taken off by us (${at}) and is not registered now, so nothing can be put on. To wait until it is: ${command}`,
  onAgain: (command: string): string => `On again with: ${command}`,
  offUnwaited: (instance: string, how: 'off' | 'left', command: string): string =>
    `${instance} ${how === 'off' ? 'is off because of us' : 'has left'}. To wait again from the beginning: ${command}`,
  switchedWith: (companion: string): string => `  With it: ${companion}`,
  weightBack: (instance: string, weight: number): string =>
    `${instance} has all of its weight again, ${weight}: a warm-up had left it with a part of it.`,
  otherWeight: (instance: string, weight: number, was: number, at: string): string =>
    `${instance} has weight ${weight} now, as it is registered; it was ${was} when it was taken off (${at}).`,
  offWith: (name: string, command: string): string =>
    `${name} was taken off with it and is off still. On again with: ${command}`,
  moreOffWith: (n: number): string => `${n} more are off still; ${program} status names them.`,
  notNoted: (instance: string, sentence: string): string =>
    `${sentence} It is of this machine, so ${instance} goes off without a record: if it is not put on again, nobody will know who took it off.`,
  sameProcess: (instance: string, at: string): string =>
    `${instance} was NOT restarted: it is registered over the same connection with Nacos as when it was taken off (${at}). If a new version was to run, the deploy came back before it did: enable --restarted waits for another process.`,
  restartUnseen: (instance: string, at: string): string =>
    `Whether ${instance} was restarted is not seen: its metadata is as it was when it was taken off (${at}). Where the deploy goes on in the background this may be the old process: enable --restarted waits for another one.`,
  stillTheSame: (
    instance: string,
    withinMs: number,
    renewal: 'same-process' | 'unknown',
    isKnown: boolean,
  ): string =>
    renewal === 'same-process'
      ? `${instance} stays off: after ${time(withinMs)} it is registered over the same connection with Nacos as when it was taken off, so it was not restarted.`
      : `${instance} stays off: nothing shows that it was restarted. It was registered all through ${time(withinMs)}, and ${
          isKnown
            ? 'its metadata is what it was when it was taken off; its connection Nacos does not tell.'
            : 'no journal of this machine says how it was registered when it was taken off.'
        } Without --restarted it is put on as it is.`,
  alreadySo: (instance: string, enabled: boolean): string =>
    `${instance} is ${enabled ? 'on' : 'off'} already.`,
  alreadySoAndHeld: (instance: string, enabled: boolean, rollout: string): string =>
    `${instance} is ${enabled ? 'on' : 'off'} already; rollout ${rollout} holds it.`,
  awaitingHolder: (service: string, rollout: string): string =>
    `Rollout ${rollout} holds ${service}: waiting until it has put the instance on, or has ended.`,
  holderUnknown: (sentence: string): string =>
    `Whether a rollout of another machine holds it cannot be seen: ${sentence}`,
  overrideWith: (service: string): string =>
    `If it may go all the same: add --override ${shellWord(service)}`,
  oneOfPorts: (instance: string, ports: readonly string[]): string =>
    `${instance} stands for all of ${ports.join(', ')} here. For one of them alone: --instance with it, or --port beside --ip.`,
  overrideAll: (count: number, service: string): string =>
    `If all ${count} may go all the same: add --override ${shellWord(service)}`,
  switchFailed: (instance: string, sentence: string): string => `${instance}: ${sentence}`,
  manyPorts: (ip: string, found: readonly string[]): string =>
    `${ip} has several: give --instance with one of ${found.join(', ')}.`,
  putOnMeanwhile: (instance: string): string =>
    `${instance} is on: somebody has put it on while we waited. Do not restart it as if it were off.`,
  waitCutShort: 'Interrupted: the wait was cut short, and consumers may not have noticed yet.',
  waited: (instance: string, how: 'on' | 'off' | 'left', ms: number): string =>
    `Done: ${instance} ${how === 'left' ? 'has left' : `is ${how}`}, and has been ${how === 'left' ? 'gone ' : ''}for ${time(ms)}.`,
  waitTooShort: (service: string, assumed: string, neededMs: number, waitMs: number): string =>
    `Consumers of ${service} may call it for ${time(neededMs)} after a disable (taken for ${assumed}): ${time(waitMs)} is short of that.`,
};
