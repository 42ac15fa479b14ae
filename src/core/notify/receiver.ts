import * as z from 'zod';

/** What a receiver may want to hear of. */
export const occasions = [
  'started',
  'paused',
  'continued',
  'failed',
  'decided',
  'exposed',
  'disabled',
  'enabled',
  'stopped',
  'finished',
] as const;
export type Occasion = (typeof occasions)[number];

/** What a receiver hears of that names nothing: whatever wants a person, and the end. */
export const usualOccasions: readonly Occasion[] = ['paused', 'failed', 'stopped', 'finished'];

export const receiverKinds = ['webhook', 'dingtalk', 'feishu', 'wecom', 'slack'] as const;
export type ReceiverKind = (typeof receiverKinds)[number];

const receiverSchema = z.object({
  /** Its kind, with a number from the second one on: the journal names it so. */
  name: z.string(),
  kind: z.enum(receiverKinds),
  /** Where it is written, `env:NAME`, `file:PATH` or `command:…`; or a URL that holds nothing secret. */
  url: z.string(),
  /** Where the secret is written that it wants requests signed with. */
  secret: z.string().optional(),
  on: z.array(z.enum(occasions)).min(1).readonly(),
});
export type Receiver = z.infer<typeof receiverSchema>;

/** Who is told of a rollout, in which language. */
export const notifySchema = z.object({
  language: z.enum(['en', 'zh-CN']).optional(),
  to: z.array(receiverSchema).min(1).readonly(),
});
export type NotifyPlan = z.infer<typeof notifySchema>;
