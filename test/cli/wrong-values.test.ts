import { expect, test } from 'vitest';
import { instance } from './support/fake-registry.ts';
import { server, setStage } from './support/stage.ts';

const times = 'write 500ms, 40s, 2m or 1h';
const drains = 'write a time such as 40s, or grpc, dubbo, ribbon, spring-cloud or legacy';
const share = 'write a percent such as 99.9% or a share such as 0.999, from 50% up and less than 100%';
const plan = ['plan', '--service', 'orders', '--deploy', 'true'];

/** What was typed, and what is answered. */
test.for([
  [[...plan, '--drain', 'soon'], `--drain soon is not right: ${drains}.`],
  [[...plan, '--drain', '5x'], `--drain 5x is not right: ${drains}.`],
  [[...plan, '--floor', 'x'], `--floor x is not right: ${times}.`],
  [[...plan, '--soak', '5'], `--soak 5 is not right: ${times}.`],
  [[...plan, '--certainty', '100%'], `--certainty 100% is not right: ${share}.`],
  [
    [...plan, '--batch', '0'],
    '--batch 0 is not right: write a number from 1 to 1000, a percent such as 25%, or a list that grows, as 1,25%,100%.',
  ],
  [
    [...plan, '--batch', '200%'],
    '--batch 200% is not right: write a number from 1 to 1000, a percent such as 25%, or a list that grows, as 1,25%,100%.',
  ],
  [
    [...plan, '--minimum', '101%'],
    '--minimum 101% is not right: write a number such as 4 or a percent such as 75%.',
  ],
  [
    [...plan, '--minimum', '-1'],
    '--minimum -1 is not right: write a number such as 4 or a percent such as 75%.',
  ],
  [
    [...plan, '--order', 'age'],
    '--order age is not right: write ip, weight, cluster, traffic, given or metadata:KEY.',
  ],
  [[...plan, '--on-failure', 'explode'], '--on-failure explode is not right: write stop or continue.'],
  [
    [...plan, '--check', 'http://'],
    '--check http:// is not right: write a URL, actuator:URL, grpc:HOST:PORT, tcp, none or a command line.',
  ],
  [
    [...plan, '--check', 'actuator:http://:8080'],
    '--check actuator:http://:8080 is not right: write a URL, actuator:URL, grpc:HOST:PORT, tcp, none or a command line.',
  ],
  [
    [...plan, '--check', 'ftp://x'],
    '--check ftp://x is not right: write a URL, actuator:URL, grpc:HOST:PORT, tcp, none or a command line.',
  ],
  [['disable', 'orders', '--instance', '10.0.0.1:8080', '--wait', '4'], `--wait 4 is not right: ${times}.`],
  [['enable', 'orders', '--self', '--within', 'never'], `--within never is not right: ${times}.`],
  [['enable', 'orders', '--self', '--port', 'x'], '--port x is not right: write a number from 1 to 65535.'],
  [['services', '--dialect', 'v2'], 'v2 is not a dialect: write v1 (Nacos 1.4 to 2.x) or v3 (3.x).'],
] as const)('%j: %s', async ([argv, sentence]) => {
  const { code, out, err } = await setStage([instance('orders', '10.0.0.1', 8080)]).run(...argv, ...server);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${sentence}\n` });
});
