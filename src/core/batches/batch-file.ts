import * as z from 'zod';

const most = 1000;
const count = z.number().int().min(1).max(most);
const percentForm = /^(100|[1-9]\d?)%$/;
const percent = z.string().regex(percentForm, 'a part of the targets is written 25%, from 1% to 100%');

const otherwise =
  'a batch is written 2, 25%, or as how far the service has come after each batch: [1, 25%, 100%]';

const step = z.union([count, percent], { error: otherwise });

/** How many of a service's targets go at once: a number, a part of them, or how many are through after each batch. */
export const batchFileSchema = z.union(
  [
    count,
    percent,
    z
      .array(step)
      .min(1)
      .max(20)
      .refine(
        (steps) =>
          isGrowing(steps.filter(isCount)) && isGrowing(steps.filter(isPercent).map((one) => parseInt(one))),
        'how far it has come grows from batch to batch: [1, 25%, 100%]',
      ),
  ],
  { error: otherwise },
);
export type Batch = z.infer<typeof batchFileSchema>;
export type BatchStep = number | string;

function isCount(one: BatchStep): one is number {
  return typeof one === 'number';
}

function isPercent(one: BatchStep): one is string {
  return typeof one === 'string';
}

function isGrowing(numbers: readonly number[]): boolean {
  return numbers.every((one, at) => at === 0 || one > (numbers[at - 1] ?? 0));
}

/** `2`, `25%` or `1,25%,100%`, in brackets or not; undefined for anything else. */
export function parseBatch(text: string): Batch | undefined {
  const [, inside = text] = /^\[(.*)\]$/.exec(text.trim()) ?? [];
  const steps = inside.split(',').map((part): BatchStep | undefined => {
    const word = part.trim();
    return /^\d{1,4}$/.test(word) ? Number(word) : percentForm.test(word) ? word : undefined;
  });
  const isList = steps.length > 1;
  const parsed = batchFileSchema.safeParse(isList ? steps : steps[0]);
  return parsed.success ? parsed.data : undefined;
}

/** What `parseBatch` takes for it. */
export function batchText(batch: Batch): string {
  return Array.isArray(batch) ? batch.join(',') : String(batch);
}
