import type { Keys } from './tui-commands.ts';

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
  trial: {
    asking: 'Asking whom this reaches …',
    reached: (product: string, version: string): string => `Reached: ${product} ${version}.`,
    login: {
      none: 'It lets anybody in.',
      needed: 'It wants a login: fill in the user, or an access key.',
      done: 'It lets us in.',
      untried: 'The login is tried when the profile is used.',
    },
    unsaved: (key: Keys): string =>
      `No login goes to an address that is not saved: ${key('save')} saves it, and the login is tried when the profile is used.`,
    'unsaved-secret': (key: Keys): string =>
      `No login goes out with a secret that is not saved for this address: ${key('save')} saves it, and the login is tried when the profile is used.`,
    namespace: (id: string, others: readonly string[]): string =>
      `There is no namespace ${id}; there are: ${others.join(', ')}.`,
    namespaceThere: (id: string): string => `Namespace ${id} is there.`,
  },
  yes: 'yes',
  no: 'no',
};

/** Where there is no profile yet. */
export const profileWelcome = {
  title: 'Welcome',
  what: 'This console brings a new version onto every instance of a service in Nacos, one after the other, without losing a request: off, drained, deployed, checked, on.',
  profile:
    'make a profile: where your Nacos is, and who you are there. It is asked while you type; only what is read is sent.',
  sandbox:
    'try it first on a sandbox: a Nacos of our own with applications and traffic, on this machine. Nothing of yours is touched, and all of it goes with the console.',
  help: 'all keys of a screen, whichever it is',
  quit: 'quit',
};
