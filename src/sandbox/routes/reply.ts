import { stamp } from '../../core/text/stamp.ts';

/** An HTTP answer before it is written; a body that is no string is sent as JSON. */
export type Reply = { readonly status: number; readonly type: string | undefined; readonly body: string };

export function textReply(body: string, status = 200): Reply {
  return { status, type: 'text/plain;charset=UTF-8', body };
}

/** Some filters of 3.x answer text without saying so. */
export function untypedReply(body: string, status: number): Reply {
  return { status, type: undefined, body: `${body}\n` };
}

export function jsonReply(body: unknown, status = 200): Reply {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}

export function causedReply(reason: string, status: number): Reply {
  return textReply(`caused: ${reason};`, status);
}

/** The envelope of v2 and v3. */
export function resultReply(data: unknown): Reply {
  return jsonReply({ code: 0, message: 'success', data });
}

export function resultFailure(status: number, code: number, message: string, data: unknown): Reply {
  return jsonReply({ code, message, data }, status);
}

const statusTexts: Record<number, string> = {
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
  500: 'Internal Server Error',
};

/** The error page of the web framework, which filters and unknown paths end in. */
export function springError(status: number, message: string, path: string, wallMs: number): Reply {
  const timestamp = stamp(wallMs).replace('Z', '+00:00');
  return jsonReply({ timestamp, status, error: statusTexts[status] ?? 'Error', message, path }, status);
}
