/** What the palette (`:`) says of what it finds. */
export const tuiPalette = {
  kinds: {
    rollout: 'rollout',
    profile: 'profile',
    visit: 'been at',
    namespace: 'namespace',
    instance: 'instance',
    service: 'service',
  },
  none: 'Nothing here is called so.',
};

/** What a search (`/`) in what is read says. */
export const tuiSearch = {
  /** Which of the lines that have the text it stands on. */
  place: (text: string, at: number, of: number): string => `/${text}  ${at} of ${of}`,
};
