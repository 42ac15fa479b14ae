import type { Command } from 'commander';
import type { Help } from '../i18n/en/help.ts';
import { option, profileFlags } from './flags.ts';
import type { Grow } from './grow.ts';

/** `profile` and the commands under it. */
export function growProfiles(grow: Grow, root: Command, help: Help): void {
  const { commands, flags } = help;
  const profile = root.command('profile').description(commands.profile).helpCommand(false);
  grow(profile, 'list', commands.profileList, async (cli, given) =>
    (await import('./commands/profile.ts')).listProfiles(cli, given),
  ).addOption(option('--json', flags.json));
  grow(profile, 'show', commands.profileShow, async (cli, given, name) =>
    (await import('./commands/profile.ts')).showProfile(cli, given, name),
  )
    .argument('[name]', flags.profileNameOrCurrent)
    .addOption(option('--json', flags.json));
  const add = grow(profile, 'add', commands.profileAdd, async (cli, given, name) =>
    (await import('./commands/profile-edit.ts')).addProfile(cli, given, name),
  ).argument('<name>', flags.profileName);
  profileFlags(add, help);
  const edit = grow(profile, 'edit', commands.profileEdit, async (cli, given, name) =>
    (await import('./commands/profile-edit.ts')).changeProfile(cli, given, name),
  ).argument('<name>', flags.profileName);
  profileFlags(edit, help);
  edit.addOption(option('--unset <setting>', flags.unset, true));
  grow(profile, 'test', commands.profileTest, async (cli, given, name) =>
    (await import('./commands/profile-test.ts')).testProfile(cli, given, name),
  ).argument('[name]', flags.profileNameOrCurrent);
  grow(profile, 'remove', commands.profileRemove, async (cli, _given, name) =>
    (await import('./commands/profile.ts')).removeProfile(cli, name),
  ).argument('<name>', flags.profileName);
  grow(profile, 'use', commands.profileUse, async (cli, _given, name) =>
    (await import('./commands/profile.ts')).useProfile(cli, name),
  ).argument('<name>', flags.profileName);
}
