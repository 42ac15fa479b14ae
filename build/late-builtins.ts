import type { Plugin } from 'esbuild';
import { isBuiltin } from 'node:module';

/**
 * In one file all imports of Node's own modules would be at its head, and loaded whatever is asked for: `--version` would
 * wait for `node:http2`. So each is loaded by the first module that needs it.
 */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup: (build) => {
    build.onResolve({ filter: /^[a-z]/ }, ({ path }) =>
      isBuiltin(path)
        ? { path: path.startsWith('node:') ? path : `node:${path}`, namespace: 'builtin' }
        : undefined,
    );
    build.onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }));
  },
};
