import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenSvg } from '../support/terminal/screen-svg.ts';
import { beginRollout, openProgram, signs } from './demo-console.ts';

// `npm run screenshots`: plays the demo until its second target drains, and draws what the terminal shows for the READMEs.
const pictures = [
  { language: 'en', file: 'rollout.svg', title: 'A rollout of three instances, the second one draining' },
  { language: 'zh-CN', file: 'rollout.zh-CN.svg', title: '正在发布三个实例，第二个正在排空' },
] as const;

for (const { language, file, title } of pictures) {
  const sign = signs[language];
  const session = openProgram(['demo'], { columns: 88, rows: 24, env: { LANG: sign.lang } });
  await beginRollout(session, sign);
  await session.until(language === 'en' ? /Draining \S+82: [45] s/ : /正在排空 \S+82：[45] 秒/);
  writeFileSync(join(import.meta.dirname, file), screenSvg(session, title));
  session.press('ctrl-c', 'ctrl-c');
  session.kill('SIGHUP');
  await session.exited;
}
