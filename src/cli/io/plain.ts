/** A flag that `runProgram` needs before the words are parsed. */
const plainFlag = '--plain';

const isSet = (value: string | undefined): boolean =>
  value !== undefined && !['', '0', 'false'].includes(value);

/** Lines that are only added to, and questions with numbers: for screen readers, and for terminals that do not draw. */
export function isPlain(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  return (
    argv.includes(plainFlag) ||
    isSet(env['ACCESSIBLE']) ||
    isSet(env['INK_SCREEN_READER']) ||
    env['TERM'] === 'dumb'
  );
}
