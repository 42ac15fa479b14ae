/** How a console may call somebody, as people write it. */
export const alertKinds = ['bell', 'osc9', 'osc777'] as const;
