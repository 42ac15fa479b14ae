import { type ReceiverFile, notifyFileSchema } from './notify-file.ts';

const line =
  /^(webhook|dingtalk|feishu|wecom|slack):(\S.*?)(?:\s+secret:(\S.*?))?(?:\s+on:([a-z]+(?:,[a-z]+)*))?$/s;

/** `dingtalk:env:URL secret:env:SECRET on:failed,finished`, one receiver as it is typed; undefined for anything else. */
export function parseReceiver(text: string): ReceiverFile | undefined {
  const [, kind = '', url = '', secret, on] = line.exec(text.trim()) ?? [];
  const entry = {
    [kind]: secret === undefined ? url : { url, secret },
    ...(on !== undefined && { on: on.split(',') }),
  };
  return notifyFileSchema.element.safeParse(entry).data;
}
