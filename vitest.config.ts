import { defineConfig } from 'vitest/config';

const live = ['test/contract/live-*.test.ts', 'test/live/**/*.test.ts'];
const terminal = ['test/terminal/**/*.test.ts', 'test/program/**/*.test.ts'];

// One project a kind of test, because they want different amounts of time and of the machine.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...live, ...terminal],
          testTimeout: 20_000,
        },
      },
      {
        // Against the built program: real processes, real terminals.
        test: { name: 'program', include: terminal, testTimeout: 180_000, hookTimeout: 60_000, fileParallelism: false },
      },
      {
        test: { name: 'live', include: live, testTimeout: 120_000, hookTimeout: 240_000, fileParallelism: false },
      },
    ],
  },
});
