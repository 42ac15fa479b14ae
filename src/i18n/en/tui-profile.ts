/** The form of a profile. */
export const profileForm = {
  titleNew: 'A new profile',
  titleEdit: (name: string) => `Profile ${name}`,
  fields: {
    name: ['name', 'short, such as prod-sh'],
    servers: ['servers', 'http://10.0.0.1:8848, several with spaces between'],
    namespace: ['namespace', 'the id; public is the default one'],
    group: ['group', 'empty: DEFAULT_GROUP'],
    username: ['user', 'empty: no login'],
    passwordFrom: ['password from', 'env:NAME, file:PATH or command:…; empty: asked for'],
    accessKeyFrom: [
      'access key from',
      'of a hosted Nacos, in place of a user: env:NAME, file:PATH or command:…',
    ],
    secretKeyFrom: ['secret key from', 'env:NAME, file:PATH or command:…'],
    securityTokenFrom: ['token from', 'security token of a temporary key: env:NAME, file:PATH or command:…'],
    signatureRegion: ['region', 'for signatures of version 4, such as cn-hangzhou; empty: older ones'],
    contextPath: ['context path', '/nacos unless the server was put elsewhere'],
    dialect: ['dialect', 'empty: found out; or v1, v3'],
    production: ['production', 'yes: starting asks for the name of the service'],
    readOnly: ['read-only', 'yes: nothing can be started with it'],
    companions: [
      'companions',
      'what goes off and on along: [GROUP@@]NAME[:PORT], with * for anything, process, ip; several with spaces between',
    ],
    acceptedNodes: ['accepted nodes', 'further server nodes that may get our token'],
    ca: ['CA file', 'PEM, for TLS with a private CA'],
    cert: ['client certificate', 'PEM'],
    key: ['client key', 'PEM'],
  },
  yes: 'yes',
  no: 'no',
};
