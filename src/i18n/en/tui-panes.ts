/** The panes of the screens. */
export const tuiPanes = {
  titles: {
    targets: 'Targets',
    timeline: 'Timeline',
    consumers: 'Consumers',
    happened: 'What happened',
    output: 'Output',
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
