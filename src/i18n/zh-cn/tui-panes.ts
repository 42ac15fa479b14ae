import type { TuiWords } from '../en/tui.ts';

export const tuiPanes: TuiWords['panes'] = {
  titles: {
    targets: '目标',
    happened: '经过',
    output: '输出',
  },
};
