/** The root where there is no home: reading finds nothing below it, and nobody can make it, not even root. */
export const nowhere = '/dev/null/nacos-rollout';
