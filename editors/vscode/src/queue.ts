/** Restarts come in bursts (a settings file is saved, trust is granted, the interpreter changes), and clicks in twos; two must never overlap. */

/**
 * One run at a time, and at most one waiting: a request during a run waits for one further run, which sees the newest
 * state. Every request resolves after a run that began later than the request itself.
 */
export function oneAtATime(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;

  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };

  return () => {
    if (running === undefined) return start();
    waiting ??= running
      .catch(() => undefined) // the failure belongs to the run that failed
      .then(() => {
        waiting = undefined;
        return start();
      });
    return waiting;
  };
}

/** Work that is not begun anew while it is under way: who asks for it meanwhile, by the same key, gets that. */
export function once<Given extends unknown[]>(key: (...given: Given) => string, run: (...given: Given) => Promise<void>): (...given: Given) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  return (...given) => {
    const name = key(...given);
    const there = running.get(name);
    if (there !== undefined) return there;
    const one = run(...given).finally(() => running.delete(name));
    running.set(name, one);
    return one;
  };
}
