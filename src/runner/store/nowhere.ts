/**
 * The root where there is no home: reading finds nothing below it, and nobody can make it, not even root. No setting of
 * a person leads there.
 */
export const nowhere = '/dev/null/without-a-home';
