import type { Forecast } from '../../core/event/event-parts.ts';

export function forecastText(forecast: Forecast): string {
  const { service, now, after, minimum, weightPercent, protectThreshold, emptiedCluster } = forecast;
  const reached = forecast.isThresholdReached === true ? '会触发' : '未触发';
  return [
    `${service}：上线且健康 ${now} → ${after}，最小数量 ${minimum}，权重 100% → ${weightPercent}%`,
    ...(protectThreshold > 0 ? [`保护阈值 ${protectThreshold} ${reached}`] : []),
    ...(emptiedCluster === undefined ? [] : [`集群 ${emptiedCluster} 将没有实例`]),
  ].join('，');
}
