import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { serviceKey } from '../../../src/core/registry/service.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const home = { namespace: 'public', group: 'DEFAULT_GROUP' };

/** A plan of all of `orders`, of which one is registered at this ip. */
function planWith(ip: string) {
  const listed = [instance('orders', '10.0.0.1', 8080), instance('orders', ip, 8080)];
  const file = planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' } },
    stages: [{ services: [{ service: 'orders' }] }],
  });
  const lists = (id: Parameters<typeof serviceKey>[0]) =>
    listed.filter((one) => serviceKey(one) === serviceKey(id));
  return makePlan(file, { ...home, lists });
}

test.each([
  '10.0.0.1; rm -rf /',
  '$(reboot)',
  'user@10.0.0.2',
  '10.0.0.2/../admin',
  '10.0.0.2\r\nHost: x',
  '010.0.0.2',
  '-oProxyCommand=reboot',
  '\u001b[2J',
])('an instance whose ip is neither an address nor a host name is not rolled: %j', (ip) => {
  expect(planWith('10.0.0.2').ok).toBe(true);
  expect(planWith(ip)).toMatchObject({ ok: false, problem: { kind: 'bad-address' } });
});
