import { expect, test } from 'vitest';
import { changedByActuatorSchema, changedOf, changedText } from '../../../src/core/plan/changed.ts';

const info = 'http://{ip}:{port}/actuator/info';

test.each([
  [
    'start-time',
    {
      kind: 'url',
      url: 'http://{ip}/actuator/metrics/process.start.time',
      path: 'measurements.0.value',
    },
    'http://{ip}/actuator/metrics/process.start.time#measurements.0.value',
  ],
  [{ metadata: 'version' }, { kind: 'metadata', key: 'version' }, 'metadata.version'],
  [{ metadata: 'version', to: '2' }, { kind: 'metadata', key: 'version', to: '2' }, 'metadata.version'],
  [{ url: info }, { kind: 'url', url: info }, info],
  [
    { url: info, path: 'build.version', to: '2' },
    { kind: 'url', url: info, path: 'build.version', to: '2' },
    `${info}#build.version`,
  ],
] as const)('changed: %j', (written, changed, text) => {
  expect(changedByActuatorSchema.parse(written)).toEqual(written);
  expect(changedOf(written, 'http://{ip}/actuator/')).toEqual(changed);
  expect(changedText(changedOf(written, 'http://{ip}/actuator/'))).toBe(text);
});

test.each(['start', { url: info, metadata: 'a' }, {}])(
  'changed: %j is told with what would be right',
  (written) => {
    const { error } = changedByActuatorSchema.safeParse(written);
    expect(error?.issues[0]?.message).toContain('what must have changed is written { metadata: version }');
  },
);
