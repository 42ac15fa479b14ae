import { createHmac } from 'node:crypto';

/** DingTalk takes the signature in the query: of the time in milliseconds and the secret, by the secret. */
export function signedDingTalk(url: string, secret: string, wallMs: number): string {
  const timestamp = String(Math.round(wallMs));
  const signed = new URL(url);
  signed.searchParams.set('timestamp', timestamp);
  signed.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`));
  return signed.href;
}

/** Feishu takes it in the body: of nothing, by the time in seconds and the secret. */
export function signedFeishu(secret: string, wallMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(wallMs / 1000));
  return { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') };
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64');
}
