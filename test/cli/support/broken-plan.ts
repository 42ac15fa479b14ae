import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { newDirectory } from '../../support/new-directory.ts';
import { instance } from './fake-registry.ts';
import { server, setStage } from './stage.ts';

/** A plan whose sixth line has this setting of its service from column 9 on. */
export const ofService = (setting: string): string => `version: 1
stages:
  - services:
      - service: orders
        deploy: { run: ./redeploy.sh }
        ${setting}
`;

/** A plan whose second line is this one. */
export const atTop = (line: string): string => `version: 1
${line}
stages: [{ services: [{ service: orders, deploy: { run: ./redeploy.sh } }] }]
`;

/** What `plan` says of such a file, named `plan.yaml`, and that it made nothing of it. */
export async function answered(text: string, language: 'en' | 'zh-CN' = 'en'): Promise<string> {
  const path = join(newDirectory('broken-plan'), 'plan.yaml');
  writeFileSync(path, text);
  const stage = setStage([
    instance('orders', '10.0.0.1', 8080),
    instance('orders', '10.0.0.2', 8080),
    instance('payments', '10.0.0.1', 9090),
  ]);
  const { code, out, err } = await stage.run('plan', ...server, '-f', path, '--lang', language);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  return err.replaceAll(path, 'plan.yaml');
}
