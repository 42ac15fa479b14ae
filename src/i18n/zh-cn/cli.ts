import { program } from '../../core/text/program.ts';
import { say } from '../grammar/say.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { CliWords } from '../en/cli.ts';
import { right } from './right-forms.ts';
import { timeZhCn as time } from '../grammar/time-words.ts';
import { textObstacles } from './profiles.ts';
import { oneShot } from './one-shot.ts';
import { orders } from './orders.ts';
import { status } from './status.ts';
import { underWay } from './under-way.ts';

export const cli: CliWords = {
  opens: (whom) => `正在打开控制台${whom === undefined ? '' : `，随后连接 ${whom}`}。按 Ctrl-C 离开。`,
  demoStarts: '正在启动沙箱：自带的 Nacos、六个小服务和一个网关。退出时全部随之结束。',
  noLicences: (path) => `许可证应与所分发的程序放在一起，但 ${path} 不存在。`,
  time,
  usage: {
    unknownFlag: (flag, similar) =>
      `没有选项 ${flag}${similar === undefined ? '。' : `；是否想写 ${similar}？`}`,
    unknownCommand: (command, similar) =>
      `没有命令 ${command}${similar === undefined ? '。' : `；是否想写 ${similar}？`}`,
    noCommandButOrder: (command, running, still) =>
      `没有命令 ${command}。对正在运行的发布：${running}${still === undefined ? '' : `；对停住的发布：${still}`}`,
    noSubcommand: (command, typed, similar, known) =>
      `${command} 没有子命令 ${typed}${similar === undefined ? '。' : `；是否想写 ${similar}？`}可用的有 ${known.join('、')}。`,
    missingArgument: (name) => `缺少 ${name}。`,
    missingValue: (flag) => `${flag} 需要一个值。`,
    twice: (flag) => `${flag} 给出了两次，而它只取一个值。`,
    strangeDash: (word, plain) => `${word} 开头的横线不是键盘上的那个：请写成 ${plain}。`,
    whichInstance: '哪个实例？请给出 --instance IP:PORT、--ip IP、--host IP 或 --self。',
    oneInstance: '一次只处理一个实例：--instance 只能给一次。',
    addressAsWord: (address, flag, command) => `${address} 是地址：请用 ${flag} 给出，例如：${command}`,
    tooManyArguments: () => '参数多于该命令所需。',
    other: (message) => message,
    strayOverride: (service) => `--override ${service} 不是本计划涉及的服务。`,
    ambiguousOverride: (service, services) =>
      `--override ${service} 可能指 ${services.join(' 或 ')}：请写明是哪一个。`,
    twoGroups: (service, group) =>
      `${service} 与 --group ${group} 指的是两个分组。如果要指分组 ${group} 中的服务 ${service}，请写 ${group}@@${service}；否则请去掉 --group。`,
    noName: (service, group) =>
      `${JSON.stringify(service)}${group === undefined ? '' : `（--group ${JSON.stringify(group)}）`}不是可用的服务名：请写成 NAME 或 GROUP@@NAME，首尾不能有空白，分组中不能含 @@，也不能以 @ 结尾。`,
    between: '',
    seeHelp: (command) => `请看：${command} --help`,
    badValue: (flag, value, right) => `${flag} ${value} 不正确：${right}${right.endsWith('？') ? '' : '。'}`,
    needFlag: (flag) => `缺少 ${flag}。`,
    notOfService: (flag) => `${flag} 说的是整次发布，而不是某一个服务：请去掉 --service。`,
    besideFile: (flag, may) =>
      `--file 和 ${flag} 不能同时给出：应写在计划文件里。可以与文件一起给出的有 ${may.join('、')}。`,
    notBoth: (one, other) => `${one} 和 ${other} 不能同时给出。`,
  },
  right,
  noTerminal: `控制台需要输入输出都是终端；没有终端时请使用命令，见：${program} --help`,
  demoDraws: `演示要画出流量，无法逐行显示（--plain、ACCESSIBLE、INK_SCREEN_READER 或 TERM=dumb）：请在能绘图的终端打开，或用 ${program} --plain 查看你的 Nacos`,
  passwordPrompt: (user) => `${user} 的密码：`,
  passwordNeeded: (user) =>
    `需要用户 ${user} 的密码，但没有终端可以询问：请给出 --password-from env:NAME、file:PATH 或 command:COMMAND。`,
  readOnly: (profile) => `配置档案 ${profile} 是只读的：不会通过它写入；可以演练（--dry-run）。`,
  usualPause: '到目前为止一切正常吗？',
  standardInput: '-（标准输入）',
  fileUnreadable: (path, obstacle) => `无法读取 ${path}（${say(textObstacles, obstacle)}）。`,
  pageWritten: (path) => `网页已写入 ${path}。`,
  pageNotWritten: (path, detail) =>
    detail === 'EEXIST'
      ? `${path} 已存在，未作改动：请换一个文件名。`
      : `${path} 无法写入（${['ENOENT', 'ENOTDIR'].includes(detail) ? '其目录不存在' : detail}）：请换一个文件，或不给文件名而写到标准输出。`,
  edit: {
    noTerminal: `plan edit 会打开编辑器，需要终端和一个文件；没有终端时请直接修改文件再检查：${program} plan check -f 文件`,
    unchanged: (path) => `${path} 保持原样：没有改动。`,
    goOn: '有误之处写在该行的上方。若原样再保存一次，则放弃修改，文件保持原样。',
    givenUp: (path, copy) => `${path} 保持原样；你所写的内容有误，保存在 ${copy}。`,
    editorFailed: (how, path, copy) =>
      `编辑器没有正常结束（${how}）：${path} 保持原样，你所写的内容保存在 ${copy}。编辑器取自 $VISUAL 或 $EDITOR，否则为 vi。`,
    changedMeanwhile: (path, copy) => `其间有人修改了 ${path}，已保持那样；你所写的内容保存在 ${copy}。`,
    notReplaced: (path, detail, copy) => `${path} 无法写入（${detail}）；你所写的内容保存在 ${copy}。`,
    replaced: (path) => `${path} 已保存。按 Nacos 的内容检查它：${program} plan check -f ${shellWord(path)}`,
  },
  table: {
    service: '服务',
    group: '分组',
    on: '在线',
    off: '下线',
    ill: '不健康',
    unreadable: '无法读取',
    instance: '实例',
    cluster: '集群',
    weight: '权重',
    state: '状态',
    metadata: '元数据',
    profile: '配置档案',
    servers: '服务端',
    namespace: '命名空间',
    rollout: '发布',
    planned: '计划时间',
    by: '操作者',
    services: '服务',
    outcome: '结果',
  },
  worksSo: (command) => `这样可行：${command}`,
  noServices: (namespace) => `命名空间 ${namespace} 中没有服务。`,
  noMatch: (namespace) => `命名空间 ${namespace} 中没有符合的服务。`,
  noInstances: (service) => `服务 ${service} 没有实例。`,
  review: {
    good: '✓',
    warning: '!',
    refused: '✗',
    head: (count) => `审查：${count} 个目标`,
    wouldStart: '没有问题：run 会按此计划发布。',
    wouldBeRefused: '审查不允许按此计划发布：run 不会写入任何内容。',
    refusedToStart: '没有写入任何内容：审查不允许这次发布。',
  },
  ask: (services) => `现在发布 ${services}？请输入 yes：`,
  askProduction: (service) => `这是生产环境。请输入 ${service} 以开始：`,
  notStarted: '没有开始。',
  yesNeededToResume: (id) => `这里无人可问：不经询问直接继续请用：${program} resume ${id} --yes`,
  yesNeeded: '这里无人可问：请给出 --yes 以开始，或 --dry-run 进行演练。',
  finishingBeside: '正在补做发布之外尚未完成的事：执行命令，发送通知…',
  startingRunner:
    '正在启动执行进程：先向 Nacos 确认没有其他人在发布这些服务（约 1 秒；若并非询问全部服务端节点，则约 5 秒）…',
  started: (id, directory) => `发布 ${id}，日志在 ${directory}`,
  pretended: (command) => `演练中不执行 ${command}，视为成功结束`,
  rehearsing: '演练：不写入任何内容，不执行命令，时间加快。',
  pausing: '正在暂停：当前步骤结束后停止。再按一次 Ctrl-C 立即停止。',
  pausingAttended: '正在暂停：当前步骤会走完。再按一次 Ctrl-C 立即停止；输入 c 并回车继续。',
  ...underWay,
  stopping: '正在立即停止。',
  leaving: (id) => `已离开；发布 ${id} 仍在继续。回来请用：${program} attach ${id}`,
  runnerGone: (id, isAsked, log) =>
    `${id} 的执行进程不声不响地没了：继续请用：${program} resume ${id}${isAsked ? '' : ' --yes'}${log === undefined ? '' : `（它最后的输出在 ${log}）`}`,
  outputIn: (path) => `其输出的末尾（全部在 ${path}）：`,
  outputEmpty: (path) => `它没有任何输出（${path}）。`,
  crashed: (message, details) =>
    `nacos-rollout 遇到了没有预料到的错误（${message}），因此不作任何保证：请用 ${program} status 查看哪些实例已下线。${details === undefined ? '设置 NACOS_ROLLOUT_DEBUG=1 可查看详情。' : `详情见 ${details}。`}`,
  noDirectory: '当前目录已不存在：请切换到存在的目录。',
  notPrinted: (detail) => `无法写入标准输出（${detail}）：输出不完整。`,
  weightOf: (name, weight, full) => `${name}（权重 ${weight}，原为 ${full}）`,
  stillLowered: (instances) => `因我们而权重仍低于原值的实例：${instances.join('、')}`,
  stillOff: (instances) => `因我们而仍下线的实例：${instances.join('、')}`,
  compared: {
    same: 'Nacos 的显示与日志一致。',
    differs: 'Nacos 现在的显示与日志不同：',
    ask: '仍要继续？请输入 yes：',
    notCompared: (sentence) => `未与 Nacos 的现状比较：${sentence}`,
  },
  decidedWaits: (target) => `发布已暂停：对 ${target} 的决定在输入 c 并回车继续后才开始执行。`,
  mend: {
    how: `要修复我们造成的问题：${program} doctor --yes。被修复且此后不再有实例下线的发布随之结束；若要继续它，请改用 resume。`,
    notOff: (instance) => `${instance} 并非因已结束或停在原处的发布而下线：未做任何事。`,
    ask: '将因我们下线且状态正常的实例重新上线，并释放遗留的锁？被修复且此后不再有实例下线的发布随之结束，不能再继续。请输入 yes：',
  },
  notRestarted: (targets) =>
    `部署命令已执行，但没有看到这些目标重启：${targets.join('、')}。是否仍在运行旧版本？`,
  carryOn: (id, isAsked) => `继续执行请用：${program} resume ${id}${isAsked ? '' : ' --yes'}`,
  decide: (target) => `${target} 等待决定。请输入字母并回车：`,
  choices: {
    r: 'r  重试该步骤',
    f: 'f  从下线起重新开始该目标',
    x: 'x  保持下线，继续下一个',
    o: 'o  按现状上线',
    oAway: 'o  它已不存在：收回它的标记，不再等待它',
    t: 't  视为部署完成，继续检查',
    tHook: 't  视钩子为完成并继续',
    xBefore: 'x  保持上线，不部署，继续下一个',
    tSoak: 't  让它保持上线，继续下一个',
    tWarmUp: 't  让它保持上线，恢复全部权重，继续下一个',
    xSoak: 'x  将它下线并保持下线，继续下一个',
    qSoak: 'q  稍后决定；它保持上线',
    tDrain: 't  尽管仍有调用也开始部署；这些调用会被中断',
    b: 'b  用计划中的回滚命令回滚',
    n: 'n  新出现的实例就是它：先下线，检查后再上线',
    A: 'A  中止：将正常的实例重新上线',
    L: 'L  中止：全部保持现状',
    q: 'q  稍后决定；执行进程会保持它下线',
  },
  unknownChoice: '没有这个选择。',
  inputEnded: (id) =>
    `输入已结束（Ctrl-D）：此处无法再输入。要回答，请在另一个终端执行：${program} attach ${id}`,
  ambiguous: (ids) => `哪一个？现有：${ids.join('、')}。`,
  nothingOpen: '本机没有正在执行或停在原处的发布，也没有因发布而下线的实例。',
  historyOnce: (command, isOff) => (isOff ? `单次下线：${command}` : `已了结：${command}`),
  relativePlace: (path) => `XDG_STATE_HOME 不是绝对路径（${path}），已忽略：日志保存在 ~/.local/state 下。`,
  noHistory: '本机还没有发布记录。',
  status,
  ...orders,
  ...oneShot,
  waiting: (ms) => `等待 ${time(ms)}，让消费者感知。`,
  profile: {
    kept: (name, path) => `配置档案 ${name} 已保存在 ${path}。`,
    ownDrain: (services, name) =>
      `${services.join('、')} 仍以自己的排空设置为准；取消它请用：${program} profile edit ${shellWord(name)} --service ${shellWord(services[0] ?? '')} --unset drain`,
    removed: (name) => `配置档案 ${name} 已删除。`,
    used: (name) => `未指定档案时将使用 ${name}。`,
    none: `没有配置档案：创建请用：${program} profile add 名称 --server URL`,
    current: '当前',
    marks: { production: '生产', readOnly: '只读' },
    nothingGiven: '没有给出要修改的内容。',
    reached: (product, version, dialect) => `连接到    ${product} ${version}，dialect ${dialect}`,
    nodes: (nodes) => `节点      ${nodes.join('、')}`,
    nodesUnknown: (sentence) => `节点      ${sentence}`,
    as: (user, accessKeyFrom) =>
      `用户      ${user ?? (accessKeyFrom === undefined ? '未登录' : `来自 ${accessKeyFrom} 的 AccessKey`)}`,
    namespaces: (names, isThere, wanted) =>
      `命名空间  ${names.join('、')}${isThere ? '' : `；其中没有 ${wanted}`}`,
    namespacesUnshown: '命名空间  该 Nacos 不公开有哪些',
    servicesSeen: (count) => `服务      该命名空间中有 ${count} 个`,
    may: { yes: '写权限    有', no: '写权限    没有', unknown: '写权限    不写入就无法知道' },
  },
};
