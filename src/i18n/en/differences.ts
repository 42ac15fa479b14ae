import type { Difference } from '../../core/report/difference.ts';
import type { Sayings } from '../grammar/say.ts';

type About = { readonly instance: string; readonly service: string };

function who({ instance, service }: About): string {
  return `${instance} (${service})`;
}

/** Where Nacos and a journal do not agree. */
export const differences: Sayings<Difference> = {
  'shown-on': ({ nodes, ...about }) =>
    `${who(about)}: the journal says off, Nacos shows it on at ${nodes.join(', ')}.`,
  'shown-off': ({ nodes, ...about }) =>
    `${who(about)}: the journal says on, Nacos shows it off at ${nodes.join(', ')}.`,
  uncertain: ({ isOn, nodes, ...about }) =>
    `${who(about)}: the journal does not know how its last change ended; Nacos shows it ${isOn ? 'on' : 'off'} at ${nodes.join(', ')}.`,
  'not-registered': ({ isOff, ...about }) =>
    `${who(about)} is not registered any more${isOff ? '; it was off because of us' : ''}.`,
  unreadable: ({ nodes, ...about }) =>
    `${who(about)}: what is listed there cannot be read at ${nodes.join(', ')}.`,
  changed: ({ what, before, after, ...about }) =>
    `${who(about)}: ${what} was ${before} and is ${after}, though nothing was deployed.`,
  weight: ({ full, given, after, ...about }) =>
    `${who(about)}: we gave it weight ${given} of its ${full}, Nacos shows ${after}.`,
  'no-answer': ({ node, service }) =>
    `${node} does not answer for ${service}: what it shows was not compared.`,
};
