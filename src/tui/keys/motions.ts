import { searchOn } from './availability.ts';

/** The keys that move a cursor. */
export const moving = [
  { name: 'up', keys: ['up', 'k'] },
  { name: 'down', keys: ['down', 'j'] },
  { name: 'page-up', keys: ['page-up', 'ctrl-b', 'ctrl-u'] },
  { name: 'page-down', keys: ['page-down', 'ctrl-f', 'ctrl-d'] },
  { name: 'first', keys: ['home', 'g'] },
  { name: 'last', keys: ['end'] },
] as const;

/** The keys that move through what is read. */
export const reading = [
  { name: 'up', keys: ['up', 'k'] },
  { name: 'down', keys: ['down', 'j'], rank: 2 },
  { name: 'page-up', keys: ['page-up', 'b', 'ctrl-b', 'ctrl-u'] },
  { name: 'page-down', keys: ['page-down', 'space', 'ctrl-f', 'ctrl-d'], rank: 3 },
  { name: 'first', keys: ['home', 'g'] },
  { name: 'last', keys: ['end', 'G'], rank: 4 },
  { name: 'search', keys: ['/'], rank: 2 },
  { name: 'search-on', keys: ['n'], rank: 2, off: searchOn },
  { name: 'search-back', keys: ['N'], off: searchOn },
] as const;
