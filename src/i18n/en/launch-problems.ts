import { isRolloutId } from '../../core/registry/lease.ts';
import { program } from '../../core/text/program.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { OrderRefusal } from '../../runner/ports/protocol.ts';
import type { Sayings } from '../grammar/say.ts';

export const launchProblems: Sayings<LaunchProblem> = {
  locked: ({ by, since, service, id }) =>
    `${service} is being rolled by ${by} since ${since} (rollout ${id}): wait for it${isRolloutId(id) ? `, or, on the machine and as the user that began it, look with: ${program} attach ${id}` : '.'}`,
  'journal-held': ({ id, by, since }) =>
    `${by} carries rollout ${id} on, mends it or gives it up since ${since}: wait until that is done, then look with: ${program} status ${id}`,
  'no-such-rollout': ({ id }) =>
    id === ''
      ? `There is no rollout on this machine that has not ended; see: ${program} history`
      : `There is no rollout ${id} on this machine; see: ${program} history`,
  'no-runner': ({ id }) => `Nobody runs rollout ${id} now: carry it on with: ${program} resume ${id}`,
  'still-running': ({ id }) => `Rollout ${id} is running: follow it with: ${program} attach ${id}`,
  elsewhere: ({ id, host }) =>
    `The runner of rollout ${id} was on ${host}, and may still be at it: look there. If ${host} is gone for good, this asks its lease, and puts back what is well: ${program} resume ${id} --abort put-back`,
  'already-ended': ({ id }) =>
    `Rollout ${id} has ended: there is nothing to carry on. Its story: ${program} report ${id}; what is off because of it: ${program} status`,
  'unreadable-journal': ({ id, line, detail }) =>
    `The journal of rollout ${id} cannot be read at line ${line} (${detail}): it is left as it is.`,
  'newer-journal': ({ id, version }) =>
    `The journal of rollout ${id} has version ${version}, which is newer than this program: use a newer nacos-rollout.`,
  'no-home': () =>
    'There is no home directory to keep journals in, and nothing begins without a journal: set XDG_STATE_HOME or HOME to a directory that you may write to.',
  'unreadable-state': ({ path, detail }) =>
    `${path} cannot be read (${detail}): if a rollout left something off, it is written there; look as the user to whom it belongs, or set XDG_STATE_HOME.`,
  'not-ours': ({ path, detail }) =>
    `${path} is not yours alone (${detail}), and what it says would be run as you: carry it on as the user to whom it belongs, or, once you have read it, make it yours with chown and chmod o-w.`,
  'cannot-write': ({ path, detail }) =>
    `${path} cannot be written (${detail}): nothing begins without a journal; make room or set XDG_STATE_HOME.`,
  'decision-refused': ({ target, decision, stuck, isThrough }) =>
    isThrough === true
      ? `${target} is through, and nothing of it is tried again in this rollout: when that has ended, put it on with enable where it is off, or roll it in another run. Nothing was begun.`
      : stuck.includes(target)
        ? `${decision} cannot be decided about ${target} as it stands; nothing was begun.`
        : `${target} waits for no decision${stuck.length === 0 ? ', and no other target does' : `; this does: ${stuck.join(', ')}`}. Nothing was begun.`,
  'not-at-gate': ({ id }) => `Rollout ${id} waits at no gate that could be passed now; nothing was begun.`,
  'password-needed': ({ user }) =>
    `The password of ${user} is needed: give --password-from env:NAME, file:PATH or command:…, or set one in the profile.`,
  'runner-failed': ({ detail }) => `The runner could not be started: ${detail}.`,
  'runner-crashed': ({ id }) =>
    `The runner of ${id} failed in a way that nobody foresaw: see what is off with: ${program} status ${id}`,
  'unreadable-runner': ({ id, detail }) =>
    `The runner of ${id} says what this program cannot read (${detail}), so it follows it no longer: follow it with the version that started it.`,
};

export const orderRefusals: Record<OrderRefusal, string> = {
  'already-paused': 'It is paused already.',
  'not-paused': 'It is not paused.',
  'not-draining': 'That target is not draining.',
  'not-stuck': 'That target waits for no decision.',
  'already-decided': 'Somebody else has decided that already.',
  'not-possible-here': 'That cannot be done at this step.',
  ended: 'The rollout has ended.',
  'only-watching': 'This screen only watches.',
};
