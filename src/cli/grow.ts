import type { Command } from 'commander';
import type { Cli } from './io/command-ports.ts';

/** What a command does with its flags and arguments, loaded only when it is called. */
type Act = (
  cli: Cli,
  flags: Record<string, never>,
  argument: string,
  second: string,
) => Promise<number> | number;

/** Adds a command below another one, as it is spelled. */
export type Grow = (parent: Command, spelling: string, description: string, act: Act) => Command;
