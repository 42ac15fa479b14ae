import { setFlagsFromString } from 'node:v8';

/**
 * Answers of thousands of records are garbage as soon as they are counted. V8 lets the space for what is young grow with
 * them, to 48 MB and more that are never given back; kept small, it is swept more often, and costs little more time. What
 * is old it sweeps when there is several times as much of it: before 100,000 instances a console had 40 MB more for that.
 */
export function keepLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=60');
}
