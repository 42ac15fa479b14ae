/** When a command of the plan runs around a target. They are steps of it. */
export const hookSteps = ['before-target', 'after-disable', 'after-target'] as const;
export type HookStep = (typeof hookSteps)[number];

/** How a plan names them. */
export const hookKeys = {
  'before-target': 'beforeTarget',
  'after-disable': 'afterDisable',
  'after-target': 'afterTarget',
} as const satisfies Readonly<Record<HookStep, string>>;

type ByKey<Hook> = { readonly [Key in (typeof hookKeys)[HookStep]]?: Hook | undefined };

/** Undefined where the target has no such hook. */
export function hookOf<Hook>(
  { hooks }: { readonly hooks?: ByKey<Hook> | undefined },
  step: HookStep,
): Hook | undefined {
  return hooks?.[hookKeys[step]];
}

export function isHookStep(step: string): step is HookStep {
  return (hookSteps as readonly string[]).includes(step);
}
