/** The panes of the screens. */
export const tuiPanes = {
  titles: {
    targets: 'Targets',
    timeline: 'Timeline',
    consumers: 'Consumers',
    happened: 'What happened',
    output: 'Output',
    instances: 'Instances',
    metadata: 'Metadata side by side',
    capacity: 'Capacity',
    services: 'Services',
    makeup: 'What it consists of',
  },
  makeup: {
    unread: 'Its instances are not read yet.',
    notRead: 'Its instances could not be read.',
    unreadSince: 'Since then its instances could not be read.',
    hidesOff:
      'This Nacos lists nobody who is off: the list of services counts them, and who they are is not told.',
    consumers: (n: number) => (n === 1 ? '1 consumer' : `${n} consumers`),
    noConsumers: 'Nacos names nobody who consumes it.',
    none: 'not said',
    unreadable: (n: number) => `${n} more cannot be read`,
    why: {
      off: 'off, by no rollout that this machine knows',
      ill: 'on, but Nacos calls it unhealthy',
    },
  },
  metadata: {
    none: 'None of them has metadata.',
    absent: 'not there',
    hidden: (n: number) => `… ${n} more, with other metadata`,
  },
  capacity: {
    on: (serving: number, all: number) => `${serving} of ${all} on and well`,
    minimum: (n: number) => `never fewer than ${n}`,
    spare: (n: number) =>
      n > 0 ? `${n} may be off at once` : n === 0 ? 'none may go off now' : `${-n} too few`,
    chosen: (n: number) => `${n} chosen`,
  },
  timeline: {
    none: 'Nothing has been done to any target yet.',
    moments: {
      on: 'on',
      off: 'off',
      disable: 'disable',
      drain: 'drain',
      deploy: 'deploy',
      check: 'check',
      enable: 'enable',
      'warm-up': 'warm-up',
      soak: 'soak',
      'before-target': 'hook',
      'after-disable': 'hook',
      'after-target': 'hook',
      failed: 'failed',
      exposed: 'seen on',
    },
  },
  noConsumers: 'Nothing is known yet of what its consumers were told, or of its calls.',
};
