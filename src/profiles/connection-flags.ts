/** What may be given on the command line or in the environment instead of, or over, a profile. */
export type ConnectionFlags = {
  readonly profile?: string | undefined;
  readonly server?: readonly string[] | undefined;
  readonly namespace?: string | undefined;
  readonly group?: string | undefined;
  readonly username?: string | undefined;
  readonly passwordFrom?: string | undefined;
  readonly accessKeyFrom?: string | undefined;
  readonly secretKeyFrom?: string | undefined;
  readonly securityTokenFrom?: string | undefined;
  readonly signatureRegion?: string | undefined;
  readonly contextPath?: string | undefined;
  readonly dialect?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly acceptNode?: readonly string[] | undefined;
};

/** The settings that the environment gives; an empty variable gives nothing. */
export function flagsFrom(env: Readonly<Record<string, string | undefined>>): ConnectionFlags {
  const value = (name: string): string | undefined => env[`NACOS_ROLLOUT_${name}`] || undefined;
  return {
    profile: value('PROFILE'),
    server: value('SERVER')
      ?.split(',')
      .map((server) => server.trim())
      .filter((server, _, all) => server !== '' || all.every((one) => one === '')),
    namespace: value('NAMESPACE'),
    group: value('GROUP'),
    username: value('USERNAME'),
    passwordFrom: value('PASSWORD_FROM'),
    accessKeyFrom: value('ACCESS_KEY_FROM'),
    secretKeyFrom: value('SECRET_KEY_FROM'),
    securityTokenFrom: value('SECURITY_TOKEN_FROM'),
    signatureRegion: value('SIGNATURE_REGION'),
    contextPath: value('CONTEXT_PATH'),
    dialect: value('DIALECT'),
    ca: value('CA'),
    cert: value('CERT'),
    key: value('KEY'),
    acceptNode: value('ACCEPT_NODE')
      ?.split(',')
      .map((node) => node.trim()),
  };
}
