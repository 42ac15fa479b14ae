import { Command, type Option } from 'commander';
import { program } from '../core/text/program.ts';
import type { Help } from '../i18n/en/help.ts';
import type { Cli } from './io/command-ports.ts';
import { examples } from './manual/examples.ts';
import type { Grow } from './grow.ts';
import { growProfiles } from './profile-commands.ts';
import { connectionFlags, option, overrideFlag, pipelineFlags, planFlags, switchFlags } from './flags.ts';

export type Tree = {
  readonly root: Command;
  /** Set by the command that ran. */
  readonly ended: { code: number | undefined; command: string };
};

/**
 * Every command and flag of the program; `--help`, the completions and the manual are made from it. Who only reads it gives
 * nobody to run a command for.
 */
export function commandTree(help: Help, version: string, cli?: Cli): Tree {
  const ended: Tree['ended'] = { code: undefined, command: '' };
  const root = new Command('nacos-rollout');
  dress(root, help, version);
  const grow: Grow = (parent, spelling, description, act) =>
    parent
      .command(spelling)
      .description(description)
      .action(async (...words: unknown[]) => {
        if (cli === undefined) return;
        const command = words.at(-1) as Command;
        ended.command = command.name();
        ended.code = await act(cli, command.optsWithGlobals(), words[0] as string, words[1] as string);
      });
  root.action(async () => {
    if (cli === undefined) return;
    const open = cli.isPlain
      ? (await import('./guide/guide.ts')).guide
      : (await import('./commands/console.ts')).openConsole;
    ended.code = await open(cli, root.opts());
  });
  growFirst(grow, root, help);
  growRollouts(grow, root, help);
  growProfiles(grow, root, help);
  growLast(grow, root, help);
  showExamples(root, '', help);
  return { root, ended };
}

/** Below the flags of each command. */
function showExamples(command: Command, path: string, help: Help): void {
  const lines = (examples[path] ?? []).map((line) => `  ${program} ${line}`);
  if (lines.length > 0) command.addHelpText('after', ['', help.titles.examples, ...lines].join('\n'));
  for (const child of command.commands) showExamples(child, `${path} ${child.name()}`.trim(), help);
}

function dress(root: Command, help: Help, version: string): void {
  const { titles, program, exitCodes, commands } = help;
  const translated: Readonly<Record<string, string>> = {
    'Usage:': titles.usage,
    'Arguments:': titles.arguments,
    'Options:': titles.options,
    'Global Options:': titles.globals,
    'Commands:': titles.commands,
  };
  root
    .description(program)
    .version(version, '--version', commands.version)
    .helpOption('-h, --help', commands.help)
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => translated[title] ?? title,
      visibleGlobalOptions: flagsFromAbove,
    })
    .allowExcessArguments(false)
    .addHelpText('after', `\n${exitCodes}`);
  connectionFlags(root, help);
}

function growFirst(grow: Grow, root: Command, help: Help): void {
  const { commands, flags } = help;
  grow(root, 'demo', commands.demo, async (cli, given) =>
    (await import('./commands/console.ts')).openDemo(cli, given),
  ).addOption(option('--tour', flags.tour));
  grow(root, 'services', commands.services, async (cli, given, pattern) =>
    (await import('./commands/services.ts')).services(cli, given, pattern),
  )
    .argument('[pattern]', flags.pattern)
    .addOption(option('--json', flags.json));
  grow(root, 'instances', commands.instances, async (cli, given, service) =>
    (await import('./commands/instances.ts')).instances(cli, given, service),
  )
    .argument('<service>', flags.service)
    .addOption(option('--json', flags.json));
  growPlan(grow, root, help);
  const run = grow(root, 'run', commands.run, async (cli, given) =>
    (await import('./commands/run.ts')).run(cli, given),
  );
  planFlags(run, help);
  overrideFlag(run, help);
  run.addOption(option('--dry-run', flags.dryRun)).addOption(option('-y, --yes', flags.yes));
  pipelineFlags(run, help);
  for (const verb of ['enable', 'disable'] as const) {
    const command = grow(root, verb, commands[verb], async (cli, given, service) =>
      (await import('./commands/switch.ts')).switchInstance(cli, given, service, verb === 'enable'),
    ).argument('[service]', flags.service);
    switchFlags(command, help);
  }
}

function growPlan(grow: Grow, root: Command, help: Help): void {
  const { commands, flags } = help;
  const plan = grow(root, 'plan', commands.plan, async (cli, given) =>
    (await import('./plan-commands/plan.ts')).plan(cli, given),
  );
  planFlags(plan, help);
  overrideFlag(plan, help);
  grow(plan, 'check', commands.planCheck, async (cli, given) =>
    (await import('./plan-commands/plan.ts')).checkPlan(cli, given),
  ).addOption(option('--json', flags.json));
  grow(plan, 'diff', commands.planDiff, async (cli, given) =>
    (await import('./plan-commands/diff.ts')).diffPlan(cli, given),
  ).addOption(option('--json', flags.json));
  grow(plan, 'edit', commands.planEdit, async (cli, given) =>
    (await import('./plan-commands/edit.ts')).editPlan(cli, given),
  );
  grow(plan, 'show', commands.planShow, async (cli, given) =>
    (await import('./plan-commands/show.ts')).showPlan(cli, given),
  )
    .addOption(option('--origin', flags.origin))
    .addOption(option('--json', flags.json));
}

/** Those of the commands above it. Of the flags of `plan` only the file means something to what takes a file alone. */
function flagsFromAbove(command: Command): Option[] {
  const { parent } = command;
  if (parent === null) return [];
  const isOfFile = parent.name() === 'plan' && onlyOfFile.includes(command.name());
  const shown = parent.options.filter(({ long, hidden }) => !hidden && (!isOfFile || long === '--file'));
  return [...shown, ...flagsFromAbove(parent)];
}

const onlyOfFile: readonly string[] = ['diff', 'edit'];

function growRollouts(grow: Grow, root: Command, help: Help): void {
  const { commands, flags } = help;
  const attach = grow(root, 'attach', commands.attach, async (cli, given, id) =>
    (await import('./rollout-commands/attach.ts')).attach(cli, given, id),
  ).argument('[id]', flags.id);
  pipelineFlags(attach, help);
  const resume = grow(root, 'resume', commands.resume, async (cli, given, id) =>
    (await import('./rollout-commands/resume.ts')).resume(cli, given, id),
  )
    .argument('[id]', flags.id)
    .addOption(option('-y, --yes', flags.yes))
    .addOption(option('--decide <target=decision>', flags.decide, true))
    .addOption(option('--abort <how>', flags.abort))
    .addOption(option('--pass-gate', flags.passGate))
    .addOption(option('--deadline <time>', flags.deadline));
  pipelineFlags(resume, help);
  const rollback = grow(root, 'rollback', commands.rollback, async (cli, given, id) =>
    (await import('./rollout-commands/rollback.ts')).rollback(cli, given, id),
  ).argument('<id>', flags.rolledBack);
  overrideFlag(rollback, help);
  rollback.addOption(option('--dry-run', flags.dryRun)).addOption(option('-y, --yes', flags.yes));
  pipelineFlags(rollback, help);
  grow(root, 'order', commands.order, async (cli, given, what, id) =>
    (await import('./rollout-commands/order.ts')).order(cli, given, what, id),
  )
    .argument('<what>', flags.orderWhat)
    .argument('[id]', flags.id)
    .addOption(option('--target <target>', flags.target))
    .addOption(option('--by <time>', flags.extendBy));
  grow(root, 'status', commands.status, async (cli, given, id) =>
    (await import('./commands/status.ts')).status(cli, given, id),
  )
    .argument('[id]', flags.id)
    .addOption(option('--json', flags.json));
  grow(root, 'history', commands.history, async (cli, given) =>
    (await import('./commands/history.ts')).history(cli, given),
  ).addOption(option('--json', flags.json));
  grow(root, 'report', commands.report, async (cli, given, id) =>
    (await import('./commands/report.ts')).report(cli, given, id),
  )
    .argument('[id]', flags.id)
    .addOption(option('--format <format>', flags.format))
    .addOption(option('--html [file]', flags.html));
  grow(root, 'doctor', commands.doctor, async (cli, given) =>
    (await import('./commands/doctor.ts')).doctor(cli, given),
  )
    .addOption(option('-y, --yes', flags.yesMend))
    .addOption(option('--gone <ip:port>', flags.gone, true))
    .addOption(option('--json', flags.json));
}

function growLast(grow: Grow, root: Command, help: Help): void {
  const { commands, flags } = help;
  grow(root, 'schema', commands.schema, async (cli, _given, what) =>
    (await import('./commands/schema.ts')).schema(cli, what),
  ).argument('<what>', flags.what);
  grow(root, 'completion', commands.completion, async (cli, _given, shell) =>
    (await import('./commands/completion.ts')).completion(cli, shell),
  ).argument('<shell>', flags.shell);
  grow(root, 'man', commands.man, async (cli) => (await import('./commands/man.ts')).man(cli, root));
  grow(root, 'licenses', commands.licenses, async (cli) => (await import('./licenses.ts')).licenses(cli));
}
