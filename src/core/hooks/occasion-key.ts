/** When a command of a plan runs beside the rollout, as the plan names it under `on`. */
export const occasionKeys = ['pause', 'failure', 'stop', 'finish'] as const;
export type OccasionKey = (typeof occasionKeys)[number];
