/** What requests to a hosted Nacos are signed with, in place of a login. All of it but the region is kept out of every output. */
export type AccessKey = {
  readonly id: string;
  readonly secret: string;
  /** Of a temporary key. */
  readonly securityToken: string | undefined;
  /** Where it is given, the signature is of the fourth version, made for this region and day. */
  readonly region: string | undefined;
};

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
  /** Nobody logs in then. */
  readonly signing?: Signing | undefined;
  readonly tls: {
    readonly ca: string | undefined;
    readonly cert: string | undefined;
    readonly key: string | undefined;
  };
  /** Overrules what would be found out. */
  readonly dialect: 'v1' | 'v3' | undefined;
};

export type Signing = {
  /** Gives the access key, `undefined` where it cannot be had now; asked again now and then, as keys are changed. */
  readonly accessKey: () => Promise<AccessKey | undefined>;
  readonly isTemporary: boolean;
  readonly region: string | undefined;
};
