/** The panes of the screens. */
export const tuiPanes = {
  titles: {
    targets: 'Targets',
    happened: 'What happened',
    output: 'Output',
  },
};
