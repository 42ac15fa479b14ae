import stringWidth from 'string-width';
import { visible } from '../../core/text/visible.ts';

/** Columns that line up by terminal cells; numbers to the right. The first row is the head. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const shown = rows.map((row) => row.map(visible));
  const widths = (shown[0] ?? []).map((_, column) =>
    Math.max(...shown.map((row) => stringWidth(row[column] ?? ''))),
  );
  const isNumeric = widths.map((_, column) =>
    shown.slice(1).every((row) => /^[\d.]+$/.test(row[column] ?? '')),
  );
  return shown.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
        return isNumeric[column] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}
