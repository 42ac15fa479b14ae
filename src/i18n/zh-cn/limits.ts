/** Why a rollout stands still. */
export const restReasons = {
  stuck: '有步骤失败且无人可问',
  'at-gate': '有卡点等人放行',
  interrupted: '已被停止',
  unattended: '无人值守',
  undecided: '没有人及时决定',
  'too-many-failed': '失败的目标多于计划所允许',
  deadline: '已过截止时间，尚有目标未完成',
} as const;
