export function zonesOneByOne(zones: readonly string[]): string {
  return `逐个进行：${zones.map((zone) => zoneName(zone).trim()).join(' → ')}`;
}

/** '' 表示元数据中没有可用区。 */
export function zoneName(zone: string): string {
  return zone === '' ? '无可用区的实例' : `可用区 ${zone} `;
}
