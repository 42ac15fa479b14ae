/**
 * So many services are followed on the screen, and no more. A list of as many is one answer of a few hundred kilobytes;
 * one of ten times as many is read ten times as seldom.
 */
export const followedMax = 200;
