import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import { evidenceFlaw } from './drain.ts';
import type { right as en } from '../en/right-forms.ts';

export const right: typeof en = {
  duration: '请写成 500ms、40s、2m 或 1h',
  drain: '请写时间如 40s，或 grpc、dubbo、ribbon、spring-cloud、legacy',
  evidence: evidenceFlaw,
  certainty: '请写百分比如 99.9%，或小数如 0.999；不低于 50%，且小于 100%',
  slowest: '请写最少调用的消费者每秒的调用次数，如 0.5、0.5/s、30/m 或 2/h',
  check: '请写 URL、actuator:URL、grpc:HOST:PORT、tcp、none 或一条命令',
  call: '请写方法和 URL，如 GET http://{ip}:{port}/api/nacos/deregister，或一条命令',
  command: '请写一条命令',
  none: (setting) =>
    `none 在这里不去掉任何内容；要去掉配置档案中的设置：${program} profile edit 名称 --unset ${setting}，只针对某个服务时加 --service`,
  instead: (meant) => `是否想写 ${shellWord(meant)}？`,
  minimum: '请写数字如 4 或百分比如 75%',
  batch: '请写 1 到 1000 的数字、百分比如 25%，或递增的列表如 1,25%,100%',
  zones: '请写 cluster 或 metadata:KEY',
  zoneMinimum: '请写每个可用区保持在线的数量，0 到 1000，并同时给出 --zones；百分比只用于 --minimum',
  gate: '请写成 pause、pause:TEXT、sleep:10m、soak:10m 或一条命令',
  notify:
    '请写成 dingtalk:env:NAME（feishu:、wecom:、slack: 同样）或 webhook:URL，需要时后接 secret:env:NAME 与 on:failed,finished；秘密写成 env:NAME、file:PATH 或 command:…，不写明文；none：谁也不通知',
  companion: '请写成 [GROUP@@]NAME[:PORT]（名称中 * 代表任意内容），或 process、ip、none',
  order: '请写 ip、weight、cluster、traffic、given 或 metadata:KEY',
  host: '请只写 ip（或作为 ip 注册的主机名），不带端口：10.0.0.5',
  where:
    '请写成 zone=a、zone=a,b、version!=2.3.*、ip=10.0.1.*、cluster=DEFAULT 或 weight>0；除 ip、cluster、weight 以外都是元数据的键',
  html: '请写一个以 .html 结尾的新文件，放在 ID 之后，如 report ID --html page.html',
  maxFailures: '请写数字如 2，或目标数的百分比如 10%',
  deadline: '请写开始后多久，如 3h，或带时区的时刻，如 2026-11-28T02:00+08:00',
  onFailure: '请写 stop 或 continue',
  ip: '请只写 ip 并加上 --port PORT，或一起写成 --instance IP:PORT',
  port: '请写 1 到 65535 的数字',
  instance: '请写成 ip:port，IPv6 地址加方括号：[2001:db8::1]:8080',
  report: '请写成 junit=文件',
  decide:
    '请写成 TARGET=DECISION，其中 DECISION 为 retry、retry-target、leave-off、put-on、take-as-done、roll-back 或 take-new',
  language: '请写 en 或 zh-CN',
  color: '请写 never、always 或 auto',
  known: (services) =>
    services.length === 0 ? '该配置档案没有任何服务设置' : `它有设置的服务是 ${services.join('、')}`,
  setting: (known) => `请写其中之一：${known.join('、')}`,
};
