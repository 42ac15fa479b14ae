/** What we call ourselves where we subscribe, so that we are told apart from consumers. */
export const ownName = 'nacos-rollout';
