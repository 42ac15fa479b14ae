import type { Forecast } from '../../core/event/event-parts.ts';

/** What a disable leaves of a service. Ends without a full stop: it stands inside other sentences too. */
export function forecastText(forecast: Forecast): string {
  const { service, now, after, minimum, weightPercent, protectThreshold, emptiedCluster } = forecast;
  const reached = forecast.isThresholdReached === true ? 'reached' : 'not reached';
  return [
    `${service}: on and well ${now} → ${after}, minimum ${minimum}, weight 100 % → ${weightPercent} %`,
    ...(protectThreshold > 0 ? [`threshold ${protectThreshold} ${reached}`] : []),
    ...(emptiedCluster === undefined ? [] : [`nobody left in cluster ${emptiedCluster}`]),
  ].join(', ');
}
