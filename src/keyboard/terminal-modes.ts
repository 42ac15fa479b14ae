const off = (modes: readonly number[]): string => modes.map((mode) => `\x1b[?${mode}l`).join('');

/** Mouse reports (9, 1000 to 1003) in any coding (1005, 1006, 1015, 1016), and reports of the focus (1004). */
const reportModes = [9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016];

/** Whoever had the terminal before may have died with its reports on. */
export const reportsOff = off(reportModes);

/**
 * On the alternate screen a wheel sends the arrow keys, and the mouse still selects text: nothing is captured. Whether it
 * did before is kept by the terminal, and brought back.
 */
const wheelOn = '\x1b[?1007s\x1b[?1007h';
const wheelBack = '\x1b[?1007r';

/** A paste comes between marks. */
const pasteMarksOn = '\x1b[?2004h';
export const pasteMarksOff = off([2004]);

/** When the terminal is taken, and when it is given back, by who draws on it or only reads. */
export function modesOf(isDrawing: boolean): { readonly taken: string; readonly given: string } {
  return isDrawing
    ? { taken: `${reportsOff}${pasteMarksOn}${wheelOn}`, given: `${pasteMarksOff}${reportsOff}${wheelBack}` }
    : { taken: `${reportsOff}${pasteMarksOff}`, given: `${pasteMarksOff}${reportsOff}` };
}
