import * as z from 'zod';

/** A machine by its ip, or the host name that is registered in place of one. */
export const hostSchema = z
  .string()
  .regex(
    /^[^\s:]+$|^[\da-f]*:[\da-f]*:[\da-f:.]*(%\w+)?$/i,
    'a host is written 10.0.0.5, as it is registered, without a port',
  );
