import * as z from 'zod';

/** Milliseconds. */
export const ms = z.number().nonnegative();
/** A target's name. */
export const target = z.string();
export const attempt = z.number().int().min(1);
/** Index into the target's registrations. */
export const registration = z.number().int().nonnegative();
/** Who asked for it: `user@host`, or `nobody` when no person did. */
export const by = z.string();
export const mender = z.literal('doctor');
