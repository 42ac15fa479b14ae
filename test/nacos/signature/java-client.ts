import { readFileSync } from 'node:fs';

type Signed = Readonly<Record<string, string>>;

/** What a version of the Java client added to a request about a service, and to one about configuration. */
export type JavaClient = {
  readonly jar: string;
  readonly group: string | null;
  readonly service: string | null;
  readonly naming: Signed;
  readonly config: Signed;
};

/** Made by `fixtures/sign`. */
export const signatures = readFileSync(new URL('../fixtures/signatures.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as JavaClient);

/** The made-up keys that it signed with. */
export const keys = {
  lasting: { id: 'LTAI-made-up-1', secret: 'made/up+secret=1' },
  temporary: { id: 'STS.made-up-2', secret: 'made/up+secret=2', securityToken: 'CAIS/made+up+token=' },
} as const;

/** The key that a line was signed with. */
export function keyOf({ config }: JavaClient) {
  const id = config['Spas-AccessKey'];
  const key = id === keys.lasting.id ? keys.lasting : keys.temporary;
  const region = config['signatureVersion'] === 'v4' ? { region: 'cn-hangzhou' } : {};
  return { securityToken: undefined, region: undefined, ...key, ...region };
}
