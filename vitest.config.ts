import { defineConfig } from 'vitest/config';

const live = [
  'test/contract/live-*.test.ts',
  'test/live/evidence.test.ts',
  'test/live/rollout.test.ts',
  'test/live/release-night.test.ts',
  'test/live/leaderless.test.ts',
];
const allLive = ['test/live/**/*.test.ts'];
const program = ['test/terminal/**/*.test.ts', 'test/program/**/*.test.ts', 'test/recipes/**/*.test.ts'];

// One project a kind of test, one after the other, because they want different amounts of time and of the machine.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...live, ...allLive, ...program],
          // It only ends what would hang: a machine may be busy.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Of two cores Vitest would leave one to its own process, which hardly needs it.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Against the built program: real processes and real terminals, which mostly wait.
        test: {
          name: 'program',
          include: program,
          testTimeout: 480_000,
          hookTimeout: 240_000,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Against real servers, of which this machine bears one at a time: the contract, and rollouts of real clients.
        test: {
          name: 'live',
          include: live,
          testTimeout: 480_000,
          hookTimeout: 480_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // More of them, one instance at a time, r-nacos, and a cluster of three: `npm run test:live:slow`.
        test: {
          name: 'live-slow',
          include: allLive,
          exclude: live,
          testTimeout: 900_000,
          hookTimeout: 480_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
