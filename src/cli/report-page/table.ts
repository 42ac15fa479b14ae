import { type Html, type Part, element } from './html.ts';

/** A table that a narrow window reads from above to below: there each cell says what it is. */
export function tableOf(name: string, titles: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return element(
    'table',
    { class: name },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        titles.map((title) => element('th', { scope: 'col' }, title)),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row) =>
        element(
          'tr',
          {},
          row.map((part, index) => element('td', { 'data-title': titles[index] ?? '' }, part)),
        ),
      ),
    ),
  );
}

/** The time of day of a stamp, in UTC; the whole of it where the pointer rests. */
export function clockOf(at: string): Html {
  return element('time', { datetime: at, title: at }, at.slice(11, 19));
}
