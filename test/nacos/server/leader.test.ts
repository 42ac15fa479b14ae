import { expect, test } from 'vitest';
import { membersWire, nodesFrom } from '../../../src/nacos/wire/members-wire.ts';

const leaderIn = (metaDataMap: Record<string, { leader: string | null }> | undefined): string | undefined => {
  const extendInfo = metaDataMap === undefined ? {} : { raftMetaData: { metaDataMap } };
  const members = membersWire.parse({ data: [{ ip: '10.0.0.1', port: 8848, state: 'UP', extendInfo }] });
  return nodesFrom(members).items[0]?.leader;
};

test.each([
  [{ ip: '[2001:db8:0:0:0:0:0:1]', port: 8848, address: '[2001:db8:0:0:0:0:0:1]:8848' }],
  [{ ip: '2001:db8::1', port: 8848, address: '2001:db8::1:8848' }],
  [{ ip: '2001:DB8::1', port: 8848 }],
  [{ address: '[2001:db8::1]:8848' }],
])('%j is [2001:db8::1]:8848', (member) => {
  const members = membersWire.parse({ data: [{ ...member, state: 'UP' }] });
  expect(nodesFrom(members).items[0]?.address).toBe('[2001:db8::1]:8848');
});

const named = { leader: '10.0.0.1:7848' };

test('the leader is that of the group which keeps what is written to instances', () => {
  expect(leaderIn({ naming_instance_metadata: named })).toBe(named.leader);
  expect(leaderIn({ naming_instance_metadata: { leader: null }, other: named })).toBeUndefined();
  expect(leaderIn({})).toBeUndefined();
  expect(leaderIn(undefined)).toBeUndefined();
});

// Seen live on 2.2.4 (one start of fifteen): writes worked, and the group was never named.
test('where that group is not named at all, another one stands for it', () => {
  expect(leaderIn({ naming_service_metadata: named })).toBe(named.leader);
});
