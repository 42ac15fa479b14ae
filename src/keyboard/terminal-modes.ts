const off = (modes: readonly number[]): string => modes.map((mode) => `\x1b[?${mode}l`).join('');

/** Mouse reports (9, 1000 to 1003) in any coding (1005, 1006, 1015, 1016), and reports of the focus (1004). */
const reportModes = [9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016];

/** Whoever had the terminal before may have died with its reports on. */
export const reportsOff = off(reportModes);

/** A paste comes between marks. */
export const pasteMarksOn = '\x1b[?2004h';
export const pasteMarksOff = off([2004]);
