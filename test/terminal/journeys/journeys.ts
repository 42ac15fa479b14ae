import { afterAll, describe, test } from 'vitest';
import { type SandboxProcess, startSandboxProcess } from '../../support/processes/sandbox-process.ts';
import type { Journey, Setting, Size } from './journey.ts';
import { play } from './play.ts';
import { rolling } from './rolling.ts';
import { openStage } from './stage.ts';
import { mending, staying } from './staying.ts';
import { windows } from './window.ts';

const journeys: readonly Journey[] = [...rolling, ...staying, ...windows, mending];
const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

/** Played at every size, each journey is in both languages, with colour and without. */
function settingOf(index: number, size: Size): Setting {
  const turn = index + sizes.indexOf(size);
  return { size, language: turn % 2 === 0 ? 'en' : 'zh-CN', hasColor: turn % 3 !== 0 };
}

/** All journeys in a window of one of these sizes, one after the other on one sandbox. */
export function testJourneys(which: number): void {
  const size = sizes[which];
  if (size === undefined) throw new Error('there is no such size');
  describe(`at ${size.columns}×${size.rows}`, () => {
    let sandbox: SandboxProcess | undefined;
    /** Whatever it left goes with its sandbox. */
    const end = async (): Promise<void> => {
      const ending = sandbox;
      sandbox = undefined;
      await ending?.end();
    };
    afterAll(end);

    const played = journeys.map((journey, index) => {
      const setting = settingOf(index, size);
      const how = `in ${setting.language}, ${setting.hasColor ? 'in colour' : 'with NO_COLOR'}`;
      return { name: `${journey.name}, ${how}`, journey, setting };
    });
    test.each(played)('$name', async ({ journey, setting }) => {
      sandbox ??= await startSandboxProcess();
      const opened = openStage(journey, setting, sandbox);
      try {
        await play(opened.stage, journey);
      } catch (error) {
        await end();
        throw error;
      } finally {
        await opened.close();
      }
    });
  });
}
