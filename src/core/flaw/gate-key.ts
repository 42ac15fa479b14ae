const places = ['before', 'after', 'between'] as const;

/** The key of a gate that somebody meant who wrote `beforeStage`; undefined for what means no gate at all. */
export function meantGateKey(key: string): 'gates' | (typeof places)[number] | undefined {
  if (/^gates?$/i.test(key)) return 'gates';
  const [, where] = /^(before|after|between)[-_]?(rollout|stage|service|batch|batche)s?$/i.exec(key) ?? [];
  return places.find((one) => one === where?.toLowerCase());
}
