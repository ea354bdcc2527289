import assert from "node:assert/strict";
import { test } from "node:test";
import { once, oneAtATime } from "../src/queue";

/** Runs that end when told to, with a diary of what happened. */
function runs(): { run: () => Promise<void>; end: (failure?: Error) => Promise<void>; diary: string[] } {
  const diary: string[] = [];
  let finish: (failure?: Error) => void = () => undefined;
  const run = (): Promise<void> => {
    diary.push("begins");
    return new Promise((resolve, reject) => {
      finish = (failure) => {
        diary.push(failure === undefined ? "ends" : "fails");
        if (failure === undefined) resolve();
        else reject(failure);
      };
    });
  };
  const end = async (failure?: Error): Promise<void> => {
    finish(failure);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { run, end, diary };
}

test("requests during a run are answered by one further run", async () => {
  const { run, end, diary } = runs();
  const request = oneAtATime(run);
  const all = [request(), request(), request(), request()];
  assert.deepEqual(diary, ["begins"]);
  await end();
  assert.deepEqual(diary, ["begins", "ends", "begins"]);
  await end();
  await Promise.all(all);
  assert.deepEqual(diary, ["begins", "ends", "begins", "ends"]);
});

test("a request after the end begins at once", async () => {
  const { run, end, diary } = runs();
  const request = oneAtATime(run);
  void request();
  await end();
  void request();
  assert.deepEqual(diary, ["begins", "ends", "begins"]);
  await end();
});

test("a run that fails does not take the next one with it", async () => {
  const { run, end, diary } = runs();
  const request = oneAtATime(run);
  const first = assert.rejects(request(), /broken/);
  const second = request();
  await end(new Error("broken"));
  await first;
  await end();
  await second;
  assert.deepEqual(diary, ["begins", "fails", "begins", "ends"]);
});

test("a second click finds what the first one began", async () => {
  const { run, end, diary } = runs();
  const click = once((name: string) => name, () => run());
  const both = [click("greet"), click("greet")];
  assert.deepEqual(diary, ["begins"]);
  const failed = assert.rejects(Promise.all(both), /broken/);
  await end(new Error("broken"));
  await failed;
  void click("greet");
  void click("part");
  assert.deepEqual(diary, ["begins", "fails", "begins", "begins"], "the next begins anew, and others do not wait for it");
  await end();
});
