import { contract } from './contract.ts';
import { sandboxSubject } from './subjects/sandbox-subject.ts';

for (const kind of ['1.4', '2.x', '3.x', '3.2'] as const) {
  for (const hasAuth of [false, true]) {
    const name = `sandbox as ${kind}, auth ${hasAuth ? 'on' : 'off'}`;
    contract(name, () => sandboxSubject({ kind, hasAuth, hasConsole: true }));
  }
}

for (const kind of ['1.4', '2.x'] as const) {
  contract(`sandbox as ${kind} without a console`, () =>
    sandboxSubject({ kind, hasAuth: true, hasConsole: false }),
  );
}
