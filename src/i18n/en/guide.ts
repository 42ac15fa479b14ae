/** What is asked where nothing is drawn: `--plain`, a screen reader, a terminal that cannot. */
export const guide = {
  title: 'nacos-rollout, in lines. Enter alone leaves; nothing is changed before you type yes.',
  carryOn: (id: string): string => `Carry on with ${id} now? Type yes: `,
  whatNow: 'A rollout of this machine has not ended. What now?',
  open: (isRunning: boolean, id: string, services: string): string =>
    isRunning
      ? `follow ${id} of ${services}, which runs`
      : `carry on with ${id} of ${services}, which stands still`,
  rollNew: 'roll another service',
  whichProfile: 'Which Nacos?',
  whichService: (profile: string | undefined, isProduction: boolean): string =>
    `Which service${profile === undefined ? '' : ` of ${profile}`}${isProduction ? ' (PRODUCTION)' : ''}?`,
  service: (name: string, group: string, on: number, off: number, ill: number): string =>
    `${name}, ${group}: ${on} on, ${off} off, ${ill} ill`,
  whichInstances: 'Which instances, in which order?',
  instance: (endpoint: string, state: string, weight: number, cluster: string): string =>
    `${endpoint}, ${state}, weight ${weight}, cluster ${cluster}`,
  deploy: 'Deploy command (Enter: that of the profile): ',
  how: 'What now?',
  rehearse: 'rehearse it: writes nothing, runs no command',
  start: 'roll it for real: a review, and one more question',
  number: (isLong: boolean): string => (isLong ? 'Number, or a part of the name: ' : 'Number: '),
  numbers: 'Numbers in their order, such as 2 1 3, or a for all: ',
  noNumber: 'That is none of them.',
  more: (n: number): string => `    and ${n} more: type a part of the name`,
  narrowed: (n: number, all: number): string => `    these are ${n} of ${all}`,
  stillAt: (lines: readonly string[]): string => `Still: ${lines.map((line) => line.trim()).join('; ')}`,
};
