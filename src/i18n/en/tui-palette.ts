/** What the palette (`:`) says of what it finds. */
export const tuiPalette = {
  kinds: { rollout: 'rollout', profile: 'profile', instance: 'instance', service: 'service' },
  none: 'Nothing here is called so.',
};
