import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { newDirectory } from '../../support/new-directory.ts';

/** A page in a real browser, spoken to by the DevTools protocol. */
export type Tab = {
  /** Opens a file at a width; resolves when it is loaded and drawn. */
  open(url: string, width: number, scheme: 'light' | 'dark'): Promise<void>;
  /** What an expression comes to there. Not bound by the page's own policy. */
  evaluate<T>(expression: string): Promise<T>;
  /** The whole page, as PNG. */
  picture(): Promise<Buffer>;
  /** Addresses that were asked for, and what the browser refused or complained of, since it was opened. */
  readonly requested: string[];
  readonly complaints: string[];
  close(): Promise<void>;
};

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** Where a Chromium is on this machine, if there is one. */
export function findChromium(): string | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter);
  return places.flatMap((place) => names.map((name) => join(place, name))).find((path) => existsSync(path));
}

type Answer = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
};
type Params = Readonly<Record<string, unknown>>;

/** Starts it without a window and without the network's helpers. */
export async function openTab(chromium: string): Promise<Tab> {
  const home = newDirectory('chromium');
  const child = spawn(
    chromium,
    [
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${home}`,
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      // A sandbox of its own cannot be made by root, nor in most containers.
      '--no-sandbox',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: home } },
  );
  const address = await debuggingAddress(child);
  const list = await fetch(`http://${new URL(address).host}/json/list`);
  const pages = (await list.json()) as { type: string; webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? address);
  await new Promise((done) => socket.addEventListener('open', done, { once: true }));
  return tabOver(socket, child);
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const [, address] = /listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

function tabOver(socket: WebSocket, child: ChildProcess): Tab {
  const waiting = new Map<number, (result: Params) => void>();
  const listeners = new Map<string, (params: Params) => void>();
  const requested: string[] = [];
  const complaints: string[] = [];
  let count = 0;
  const send = async (method: string, params: Params = {}): Promise<Params> => {
    const id = ++count;
    const { promise, resolve } = Promise.withResolvers<Params>();
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params }));
    return promise;
  };
  socket.addEventListener('message', ({ data }) => {
    const { id, method = '', params = {}, result = {} } = JSON.parse(String(data)) as Answer;
    if (id !== undefined) waiting.get(id)?.(result);
    listeners.get(method)?.(params);
  });
  listeners.set('Network.requestWillBeSent', ({ request }) => {
    requested.push((request as { url: string }).url);
  });
  listeners.set('Log.entryAdded', ({ entry }) => complaints.push((entry as { text: string }).text));
  return {
    requested,
    complaints,
    open: async (url, width, scheme) => {
      requested.length = 0;
      complaints.length = 0;
      for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`);
      await send('Emulation.setDeviceMetricsOverride', {
        width,
        height: 900,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await send('Emulation.setScrollbarsHidden', { hidden: true });
      const features = [{ name: 'prefers-color-scheme', value: scheme }];
      await send('Emulation.setEmulatedMedia', { features });
      const loaded = new Promise<Params>((done) => listeners.set('Page.loadEventFired', done));
      await send('Page.navigate', { url });
      await loaded;
    },
    evaluate: async <T>(expression: string) => {
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true });
      return (result as { value: T }).value;
    },
    picture: async () => {
      const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
    close: async () => {
      const gone = new Promise((done) => child.once('exit', done));
      await send('Browser.close');
      await gone;
    },
  };
}
