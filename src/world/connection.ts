/** Everything that is needed to reach one Nacos, after a profile, the environment and flags were put together. */
export type Connection = {
  /** Base addresses such as `http://10.0.0.1:8848`, tried in turn; at least one. Without the context path. */
  readonly servers: readonly string[];
  /** Addresses of further server nodes that the operator accepted: they get the token, never the password. */
  readonly acceptedNodes: readonly string[];
  /** `/nacos` unless the server was put elsewhere; empty for none. */
  readonly contextPath: string;
  readonly namespace: string;
  readonly username: string | undefined;
  /** Gives the password; asked again for each login, so that it need not stay in memory. */
  readonly password: (() => Promise<string>) | undefined;
  readonly tls: {
    readonly ca: string | undefined;
    readonly cert: string | undefined;
    readonly key: string | undefined;
  };
  /** Overrules what would be found out. */
  readonly dialect: 'v1' | 'v3' | undefined;
};
