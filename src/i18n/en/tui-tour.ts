/** `key` is what to press, `other` one more that is named. */
type Say = (key: string, other: string) => string;

const steps = {
  wait: () => 'Wait a moment: something was asked for and is on its way.',
  close: (key) => `${key} closes this, and the tour goes on.`,
  answer: (key, other) => `A question: ${other} does what it says, ${key} does not.`,
  typing: (key, other) => `Here you type: ${other} takes it, ${key} leaves it as it was.`,
  back: (key) => `Press ${key} to go back to where the tour is.`,
  connect: (key) => `Press ${key} to connect to the Nacos under the cursor.`,
  'reach-again': (key) => `Nobody answered. Press ${key} to ask again.`,
  'open-service': (key, other) =>
    `Press ${key} to open the service under the cursor; ${other} goes to another one.`,
  mark: (key) =>
    `Press ${key} to choose an instance: they are restarted in the order in which you choose them.`,
  'mark-another': (key) =>
    `One is chosen. Press ${key} to choose a second one, to see them go one after the other.`,
  elsewhere: (key) => `This one is chosen. Press ${key} to go to another.`,
  settings: (key, other) =>
    `Press ${key} to say how: drain, deploy, check. ${other} would move one later in the order.`,
  fill: (key) => `Something is missing here. Go to that field and press ${key} to type it.`,
  review: (key, other) =>
    `The demo filled this in; ${other} changes a field. Press ${key}: what speaks against it?`,
  refused: (key) => `Something speaks against it, and is said above. Press ${key} and choose otherwise.`,
  start: (key, other) =>
    `Nothing is written yet. Press ${key} to start it in the sandbox; ${other} only rehearses it.`,
  rehearsing: (_, other) =>
    `A rehearsal writes nothing and runs fast. Wait for its end; ${other} has all keys.`,
  rehearsed: (key) => `That was the rehearsal. Press ${key} to go back to the review, and start it.`,
  pause: (key) => `It runs: off, drained, restarted, checked, on. Press ${key} to pause: no new step begins.`,
  continue: (key) => `Paused: what has begun ends, consumers notice nothing. Press ${key} to go on.`,
  decide: (key) =>
    `A step failed, and nothing goes on without you: the keys below decide. ${key} tries it again.`,
  gate: (key) => `It stands at a gate. Press ${key} to let it go on.`,
  watch: (_, other) =>
    `It goes on by itself; watch the calls move away and come back. ${other} has all keys.`,
  over: (key, other) => `It is over. ${other} reads its report; press ${key} to go back to the services.`,
  done: (key, other) => `That was the tour. ${key} finds every command by its name, ${other} ends the demo.`,
} satisfies Readonly<Record<string, Say>>;

export type TourStepName = keyof typeof steps;

/** The tour of the keys, in the sandbox: what to press next, and why. */
export const tuiTour = {
  title: 'TOUR',
  steps: steps as Readonly<Record<TourStepName, Say>>,
  leave: (key: string): string => `(${key} ends the tour)`,
  offer: (key: string): string => `${key}: a tour of the keys, two minutes`,
};
