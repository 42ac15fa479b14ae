import { dubbo } from './journal-machine.ts';

/** What is typed for orders on 10.0.0.5, and for what goes off with it. */
export const companion = ['--companion', `DUBBO_GROUP@@${dubbo}`] as const;

export const one = ['orders', '--instance', '10.0.0.5:8080'] as const;

export const command = 'nacos-rollout disable orders --instance 10.0.0.5:8080';
