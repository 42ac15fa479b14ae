import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { animatedSvg } from '../../support/terminal/animated-svg.ts';
import { asciicast, recorded } from '../../support/terminal/asciicast.ts';
import { screenSvg } from '../../support/terminal/screen-svg.ts';
import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { beginRollout, openProgram, signs } from '../demo-console.ts';

// `npm run screenshots`: plays the demo in each language, and keeps for the READMEs what the terminal shows.
const pictures = [
  {
    language: 'en',
    suffix: '',
    second: /Draining \S+82: [2-5] s/,
    still: 'A rollout of three instances, the second one draining',
    played: 'A rollout of three instances in the demo, from the list of services to its end',
  },
  {
    language: 'zh-CN',
    suffix: '.zh-CN',
    second: /正在排空 \S+82：[2-5] 秒/,
    still: '正在发布三个实例，第二个正在排空',
    played: '演示中发布三个实例，从服务列表到发布结束',
  },
] as const;

type Picture = (typeof pictures)[number];

for (const picture of pictures) {
  await record(picture);
  await drawWide(picture);
}

/** The whole rollout on a small terminal, and a still of it. */
async function record({ language, suffix, second, still, played }: Picture): Promise<void> {
  const sign = signs[language];
  const size = { columns: 80, rows: 24 };
  const { session, events } = recorded(openProgram(['demo'], { ...size, env: { LANG: sign.lang } }));
  await beginRollout(session, sign);
  await session.until(second);
  keep(`rollout${suffix}.svg`, screenSvg(session, still));
  await session.until(sign.done);
  await session.until(/(?:● .* w5 v42[^]*){3}/);
  const cast = { ...size, title: played, events: events() };
  await leave(session);
  keep(`demo${suffix}.cast`, asciicast(cast));
  keep(`demo${suffix}.svg`, await animatedSvg(cast));
}

/** The same on a large terminal, where the panes have room. */
async function drawWide({ language, suffix, second, still }: Picture): Promise<void> {
  const sign = signs[language];
  const session = openProgram(['demo'], { columns: 160, rows: 40, env: { LANG: sign.lang } });
  await beginRollout(session, sign);
  await session.until(second);
  keep(`wide${suffix}.svg`, screenSvg(session, still));
  await leave(session);
}

async function leave(session: TerminalSession): Promise<void> {
  session.press('ctrl-c', 'ctrl-c');
  session.kill('SIGHUP');
  await session.exited;
}

function keep(file: string, text: string): void {
  writeFileSync(join(import.meta.dirname, file), text);
}
