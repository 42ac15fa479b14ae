export type FetchTextOptions = {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
};

/** A plain request, apart from the code under test; status 0 where nothing answers. */
export async function fetchText(
  url: string,
  options: FetchTextOptions = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { method = 'GET', form, token } = options;
  try {
    const response = await fetch(url, {
      method,
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}
