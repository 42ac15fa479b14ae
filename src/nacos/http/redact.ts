import type { Exchange } from './transport.ts';

/**
 * The exchange without a secret that the server said back, as a proxy's error page may: its words go into errors, logs
 * and journals.
 */
export function redacted(exchange: Exchange, secret: string | undefined): Exchange {
  if (!exchange.ok || secret === undefined || secret === '') return exchange;
  const { reply } = exchange;
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inUrl = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const without = (text: string): string =>
    [secret, inForm, inUrl, inJson].reduce((left, form) => left.replaceAll(form, '***'), text);
  const { body, location, challenge } = reply;
  return {
    ...exchange,
    reply: {
      ...reply,
      body: without(body),
      location: location === undefined ? undefined : without(location),
      challenge: challenge === undefined ? undefined : without(challenge),
    },
  };
}
