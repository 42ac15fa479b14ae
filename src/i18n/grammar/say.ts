/** One way to say each kind of a union: a kind without one does not compile. */
export type Sayings<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: (value: Extract<Union, { readonly kind: Kind }>) => string;
};

export function say<Union extends { readonly kind: string }>(sayings: Sayings<Union>, value: Union): string {
  const saying = sayings[value.kind as Union['kind']] as (value: Union) => string;
  return saying(value);
}
