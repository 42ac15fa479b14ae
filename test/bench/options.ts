import { parseArgs } from 'node:util';
import { type Method, methodNames } from './methods/methods.ts';
import { type GatewayKind, gatewayKinds } from './stage/gateways.ts';

export type Options = {
  readonly methods: readonly Method[];
  readonly gateways: readonly GatewayKind[];
  readonly runs: number;
  /** Requests a second. */
  readonly rate: number;
  /** Where the JSON goes; the table and the picture lie beside it. */
  readonly out: string;
  /** Keep the runs that are in `out`, and add to them. */
  readonly isAdding: boolean;
  /** Draw what is in `out` once more, and run nothing. */
  readonly isDrawing: boolean;
};

export const usage = `npm run bench:rollout -- [--methods NAME,…] [--gateways NAME,…] [--runs N] [--rate N] [--out FILE.json] [--add | --draw]
  methods:  ${methodNames.join(', ')}
  gateways: ${Object.keys(gatewayKinds).join(', ')}
`;

/** What was asked for, or one sentence that says what is wrong with it. */
export function parseOptions(words: readonly string[]): Options | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...words],
      options: {
        methods: { type: 'string', default: methodNames.join(',') },
        gateways: { type: 'string', default: Object.keys(gatewayKinds).join(',') },
        runs: { type: 'string', default: '1' },
        rate: { type: 'string', default: '50' },
        out: { type: 'string', default: 'dist/bench-rollout.json' },
        add: { type: 'boolean', default: false },
        draw: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const methods = chosen(values.methods, methodNames);
  if (typeof methods === 'string') return `--methods: ${methods}`;
  const gateways = chosen(values.gateways, Object.keys(gatewayKinds) as readonly GatewayKind[]);
  if (typeof gateways === 'string') return `--gateways: ${gateways}`;
  const [runs, rate] = [values.runs, values.rate].map((text) =>
    /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0,
  );
  if (!runs) return `--runs: '${values.runs}' is no number from 1 to 9999`;
  if (!rate) return `--rate: '${values.rate}' is no number from 1 to 9999`;
  if (!values.out.endsWith('.json')) return `--out: '${values.out}' does not end in .json`;
  return { methods, gateways, runs, rate, out: values.out, isAdding: values.add, isDrawing: values.draw };
}

function chosen<Name extends string>(text: string, names: readonly Name[]): readonly Name[] | string {
  const words = text.split(',');
  const stranger = words.find((word) => !names.some((name) => name === word));
  if (stranger !== undefined) return `'${stranger}' is none of ${names.join(', ')}`;
  return names.filter((name) => words.includes(name));
}
