import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Registry } from '../../src/world/registry.ts';
import { absence } from './cases/absence.ts';
import { access } from './cases/access.ts';
import { detection } from './cases/detection.ts';
import { instanceLists } from './cases/instance-lists.ts';
import { lookAlikes } from './cases/look-alikes.ts';
import { presences } from './cases/presences.ts';
import { processes } from './cases/processes.ts';
import { serviceLists } from './cases/service-lists.ts';
import { serviceSettings } from './cases/service-settings.ts';
import { spellings } from './cases/spellings.ts';
import type { Subject } from './subjects/subject.ts';
import { subscriptions } from './cases/subscriptions.ts';
import { unreadableRecords } from './unreadable-records.ts';
import { writes } from './cases/writes.ts';
import { twins } from './cases/twins.ts';

const startTimeoutMs = 300_000;

/** What the registry port promises, checked against one server. */
export function contract(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject | undefined;
    const opened: Registry[] = [];

    beforeAll(async () => {
      const started = await start();
      subject = {
        ...started,
        open: (...given) => {
          const registry = started.open(...given);
          opened.push(registry);
          return registry;
        },
      };
    }, startTimeoutMs);
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((registry) => registry.close()));
    });
    afterAll(async () => {
      await subject?.close();
    });

    const current = (): Subject => {
      if (subject === undefined) throw new Error('the server did not start');
      return subject;
    };
    describe('detection', () => detection(current));
    describe('services', () => serviceLists(current));
    describe('look-alikes', () => lookAlikes(current));
    describe('instances', () => instanceLists(current));
    describe('what cannot be read', () => unreadableRecords(current));
    describe('writes', () => writes(current));
    describe('twins', () => twins(current));
    describe('spellings of an address', () => spellings(current));
    describe('absence', () => absence(current));
    describe('presences', () => presences(current));
    describe('processes', () => processes(current));
    describe('service settings', () => serviceSettings(current));
    describe('subscriptions', () => subscriptions(current));
    describe('access', () => access(current));
  });
}
