import { evidenceLines, parseEvidenceLine } from '../../../src/core/drain/evidence-line.ts';
import { parseMetricSelector } from '../../../src/core/drain/metric-selector.ts';
import { isMeant, isPattern } from '../../../src/core/plan/companion-rules.ts';
import { durationSchema, formatDuration, parseDuration } from '../../../src/core/text/duration.ts';
import {
  checkLine,
  parseCheck,
  parseCompanion,
  parseDrain,
  parseMinimum,
  parseOrder,
  withoutPort,
} from '../../../src/core/plan/plan-text.ts';
import {
  addressText,
  byAddress,
  isPlausibleHost,
  usualSpellings,
} from '../../../src/core/registry/address.ts';
import { fullName, splitName } from '../../../src/core/registry/service-name.ts';
import { filled, strayPlaceholder } from '../../../src/core/text/placeholder.ts';
import { urlText } from '../../../src/core/text/url-text.ts';
import { visible, visibleJson } from '../../../src/core/text/visible.ts';
import { isLike } from '../../../src/core/text/glob.ts';
import { parseReference } from '../../../src/core/registry/secret-reference.ts';
import { serverAddress } from '../../../src/profiles/server-address.ts';
import { spoken } from '../../support/spoken.ts';
import { same, type Target, tellable } from '../target.ts';

const group = 'DEFAULT_GROUP';

export const texts: readonly Target[] = [
  {
    name: 'duration',
    seeds: ['500ms', '40s', '2m', '1.5h', '999999999.999h'],
    words: ['ms', 's', 'm', 'h', '.', '1', '9'],
    run: (input) => {
      const ms = parseDuration(input);
      if (durationSchema.safeParse(input).success !== (ms !== undefined)) throw new Error('two answers');
      if (ms !== undefined) same(parseDuration(formatDuration(ms)), ms, 'printed and read again');
    },
  },
  {
    name: 'evidence-line',
    seeds: [
      'connections',
      'connections[10.0.0.9]:ssh {ip} ss -tin',
      'actuator[/health,/ready]:http://{ip}:{port}/actuator',
      'prometheus:http://{ip}/metrics#calls_total{code="200",uri!~"/actuator.*"}',
      'json:http://{ip}/stats#data.calls.0 + command:./count.sh',
    ],
    words: [' + ', 'command:', 'json:', '#', '[', ']', 'http://'],
    run: (input) => {
      const evidence = parseEvidenceLine(input);
      if (evidence !== undefined)
        same(parseEvidenceLine(evidenceLines(evidence)), evidence, 'printed and read again');
    },
  },
  {
    name: 'plan-words',
    seeds: [
      'tcp',
      'https://{ip}/h',
      'actuator:http://{ip}:8081/actuator',
      'grpc:{ip}:{port}/a.B',
      './check.sh',
      '75%',
    ],
    words: ['grpc', 'actuator:', 'metadata:', 'none', ':+30', '@@', 'providers:*:20880'],
    run: (input) => {
      const check = parseCheck(input);
      if (check !== undefined) same(parseCheck(checkLine(check)), check, 'printed and read again');
      parseDrain(input);
      parseMinimum(input);
      parseOrder(input);
      const companion = parseCompanion(input);
      if (typeof companion === 'object') withoutPort(companion);
    },
  },
  {
    name: 'pattern',
    // The product of both lengths.
    slowMs: 1_500,
    seeds: [
      'providers:*:1.0.0:*\nproviders:com.acme.Orders:1.0.0:2',
      '*a*a*a*b\naaaaaaaaaaaaaaaac',
      'or?ers*\norders',
    ],
    words: ['*', '?', 'a', '*a'],
    run: (input) => {
      const [service = '', name = ''] = input.split('\n');
      const id = { namespace: 'public', group, service: name };
      if (isPattern({ service })) isMeant({ service }, group, id);
      if (!/[*?]/.test(service)) same(isLike(service, service), true, 'what has no star means itself');
      same(isLike(name, '*'), true, 'a star means all');
      isLike(name, service);
    },
  },
  {
    name: 'metric-selector',
    seeds: ['calls_total', 'http_requests_total{code="200",uri!~"/actuator.*"}', 'a:b{c=\'d\',e=~"(?i)x"}'],
    words: ['=~', '!~', '"', '\\"', ','],
    run: (input) => {
      // Its patterns are the operator's, who may write a slow one: what is tried is that each is read or refused.
      parseMetricSelector(input);
    },
  },
  {
    name: 'address',
    seeds: [
      '10.0.0.1',
      '[2001:db8::1]',
      'fe80::1%eth0',
      '::ffff:10.0.0.1',
      'host.example',
      '0:0:0:0:0:0:0:1',
    ],
    words: ['::', 'fe80', '%eth0', 'ffff', '.', '0'],
    run: (input) => {
      const text = addressText(input);
      same(addressText(text), text, 'an address that is told already');
      isPlausibleHost(input);
      if (!usualSpellings(input).includes(input)) throw new Error('it is no spelling of itself');
      same(byAddress(input, input), 0, 'beside itself');
    },
  },
  {
    name: 'server-address',
    // Somebody types it himself.
    slowMs: 1_500,
    seeds: [
      'http://10.0.0.1:8848/nacos',
      'https://nacos.example',
      '[::1]:8848',
      'nacos，nacos2',
      'user:word@host',
    ],
    words: ['https://', '@', '/nacos', ':8848', '。'],
    run: (input) => {
      const read = serverAddress(input, '/nacos');
      if (read.ok) {
        same(serverAddress(read.address, '/nacos'), read, 'printed and read again');
        if (read.address.includes('@')) throw new Error('an address with a user');
      } else tellable((words) => words.profiles.problem(read.problem), Number.POSITIVE_INFINITY);
    },
  },
  {
    name: 'names',
    seeds: ['DEFAULT_GROUP@@orders', 'orders', '@@', 'a@@b@@c', 'env:SECRET', 'command:pass $X', 'file:/a b'],
    words: ['@@', 'env:', 'command:', '{ip}', '{prot}'],
    run: (input) => {
      const { group: own = group, service } = splitName(input);
      const name = fullName({ group: own, service });
      const again = splitName(name);
      if (!own.startsWith('@')) same(again, { group: own, service }, 'a full name');
      parseReference(input);
      strayPlaceholder(input);
      const values = {
        ip: '1',
        port: '2',
        'management.port': '',
        instance: '',
        service: '',
        group: '',
        namespace: '',
        cluster: '',
      };
      if (filled(input, values).includes('{ip}')) throw new Error('a placeholder is left');
    },
  },
  {
    name: 'terminal',
    seeds: ['\u001b]0;title\u0007', 'a\u202eb', 'plain', '\u009b31m', 'https://u:p@h/?token=x'],
    words: ['\u001b[', '\u009d', '\u2028', '\u200b', 'token='],
    run: (input) => {
      const shown = visible(input);
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(shown)) throw new Error('a terminal would obey it');
      same(visible(shown), shown, 'what is visible already');
      const json = visibleJson({ input });
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(json)) throw new Error('a terminal would obey the JSON');
      same(JSON.parse(json), { input }, 'the JSON');
      urlText(input);
      for (const words of Object.values(spoken)) words.failures.secret(shown);
    },
  },
];
