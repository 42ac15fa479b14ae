import type { Exchange } from './transport.ts';

/**
 * The exchange without a secret that the server said back, as a proxy's error page may: its words go into errors, logs
 * and journals.
 */
export function redacted(exchange: Exchange, secret: string | undefined): Exchange {
  if (!exchange.ok || secret === undefined || secret === '') return exchange;
  const { reply } = exchange;
  const without = (text: string): string => redactedText(text, secret);
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

/** A text without a secret, however that was written in it. */
export function redactedText(text: string, secret: string | undefined): string {
  if (secret === undefined || secret === '') return text;
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inUrl = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inForm, inUrl, inJson].reduce((left, form) => left.replaceAll(form, '***'), text);
}
