import type { guide as en } from '../en/guide.ts';

export const guide: typeof en = {
  title: 'nacos-rollout，逐行方式。直接回车即离开；在你输入 yes 之前不会改动任何东西。',
  carryOn: (id) => `现在继续 ${id}？请输入 yes：`,
  whatNow: '本机有尚未结束的发布。现在做什么？',
  open: (isRunning, id, services) =>
    isRunning ? `跟随 ${id}（${services}），正在执行` : `继续 ${id}（${services}），已停住`,
  rollNew: '发布另一个服务',
  whichProfile: '哪个 Nacos？',
  whichService: (profile, isProduction) =>
    `${profile === undefined ? '' : `${profile} 的`}哪个服务${isProduction ? '（生产环境）' : ''}？`,
  service: (name, group, on, off, ill) => `${name}，${group}：在线 ${on}，下线 ${off}，异常 ${ill}`,
  whichInstances: '哪些实例，按什么顺序？',
  instance: (endpoint, state, weight, cluster) => `${endpoint}，${state}，权重 ${weight}，集群 ${cluster}`,
  deploy: '部署命令（直接回车：用配置档案中的）：',
  how: '现在做什么？',
  rehearse: '演练：不写入，不执行命令',
  start: '正式发布：先审查，再询问一次',
  number: (isLong) => (isLong ? '编号，或名称的一部分：' : '编号：'),
  numbers: '按顺序输入编号，例如 2 1 3，全部则输入 a：',
  noNumber: '没有这一项。',
  more: (n) => `    还有 ${n} 项：请输入名称的一部分`,
  narrowed: (n, all) => `    以上是 ${all} 项中的 ${n} 项`,
  stillAt: (lines) => `仍在进行：${lines.map((line) => line.trim()).join('；')}`,
};
