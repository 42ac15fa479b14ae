import * as z from 'zod';

/** What the sandbox does wrong, for tests and for rehearsing trouble by hand. Counts are used up one by one. */
export const faultsSchema = z.strictObject({
  /** So many updates answer 500 "do metadata operation failed", as without a Raft leader. */
  noLeaderWrites: z.int().min(0).default(0),
  /** No leader at all: every update fails and the cluster list names none. */
  isLeaderless: z.boolean().default(false),
  /** So many updates are applied and then not answered. */
  lostAnswers: z.int().min(0).default(0),
  /** Every answer of the server comes so much later. */
  slowMs: z.int().min(0).max(60_000).default(0),
  /** So long after its login a token is refused, as by a member of a cluster that has not learnt of it. */
  unknownTokenMs: z.int().min(0).max(60_000).default(0),
  /** So many pages of lists, first ones apart, come in the opposite order, as from another server node. */
  turnedPages: z.int().min(0).default(0),
  /** No page of a list is longer than this, whatever is asked for; 0 for any length. */
  longestPage: z.int().min(0).default(0),
  /** So many registrations find their override forgotten: they come back enabled. */
  forgottenMarks: z.int().min(0).default(0),
  /** So many deploys fail before they touch the process. */
  failedDeploys: z.int().min(0).default(0),
  /** So many deploys stop the process and start nothing. */
  lostInstances: z.int().min(0).default(0),
  /** So many deploys start a version whose health check says 503. */
  illInstances: z.int().min(0).default(0),
});

export type Faults = z.infer<typeof faultsSchema>;

type Numbered = { [Name in keyof Faults]: Faults[Name] extends number ? Name : never }[keyof Faults];
type Count = Exclude<Numbered, 'slowMs' | 'unknownTokenMs' | 'longestPage'>;

export function noFaults(): Faults {
  return faultsSchema.parse({});
}

/** Whether this one is to go wrong; counts it. */
export function strikes(faults: Faults, name: Count): boolean {
  if (faults[name] === 0) return false;
  faults[name] -= 1;
  return true;
}
