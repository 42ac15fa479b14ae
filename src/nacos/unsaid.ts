import type { Exchange } from './transport.ts';

/**
 * The exchange without a secret that the server said back, as a proxy's error page may: its words go into errors, logs
 * and journals.
 */
export function unsaid(exchange: Exchange, secret: string | undefined): Exchange {
  if (!exchange.ok || secret === undefined || secret === '') return exchange;
  const { reply } = exchange;
  const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const body = [secret, inForm, inJson].reduce((text, form) => text.replaceAll(form, '***'), reply.body);
  return body === reply.body ? exchange : { ...exchange, reply: { ...reply, body } };
}
