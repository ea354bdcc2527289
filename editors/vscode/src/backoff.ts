/** When a server that has crashed is started again: at once, then after longer and longer waits, then not any more. */

const WAITS = [0, 1, 2, 4, 8, 16];
/** After so many milliseconds without a crash, the next one is a first one again. */
const FORGIVEN = 180_000;

export interface BackOff {
  /** Milliseconds to wait after a crash at `now`; `undefined` where it has crashed too often. */
  next(now: number): number | undefined;
  /** What was is forgotten: the user asked for a restart. */
  forget(): void;
}

export function backOff(): BackOff {
  let crashes = 0;
  let last = -Infinity;
  return {
    next: (now) => {
      if (now - last > FORGIVEN) crashes = 0;
      last = now;
      const seconds = WAITS[crashes++];
      return seconds === undefined ? undefined : seconds * 1000;
    },
    forget: () => {
      crashes = 0;
    },
  };
}
