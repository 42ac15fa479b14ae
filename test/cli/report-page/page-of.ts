import { reportPage } from '../../../src/cli/report-page/report-page.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Language } from '../../../src/i18n/language.ts';
import type { Names } from '../../support/evidence-rollout.ts';
import { spoken } from '../../support/spoken.ts';

/** The page of a journal. */
export function pageOf(events: readonly Event[], language: Language = 'en'): string {
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  return reportPage(reportOf(rollout, events), spoken[language], language, ({ method, url }) => {
    return `curl -X ${method} '${url}'`;
  });
}

const image = '<img src=http://127.0.0.1:9/x onerror=broken=1>';

/** What a registry, an application or a person may have said to do harm. */
export const hostileNames: Names = {
  service: `orders"><script>broken=1</script>${'x'.repeat(200)}`,
  caller: `' onmouseover='broken=1' ${image}\u202egnp.exe`,
  source: `command </style></title></svg>${image}`,
  by: `</time><base href=http://127.0.0.1:9/>&lt;b&gt;`,
  command: `]]>--><iframe src=http://127.0.0.1:9/></iframe>\u0000\u001b[2J`,
};
