import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff } from "../src/backoff";

test("the first crash costs nothing, the next ones more and more, and then it is enough", () => {
  const crashing = backOff();
  const waits = Array.from({ length: 7 }, (_, i) => crashing.next(i * 20_000));
  assert.deepEqual(waits, [0, 1000, 2000, 4000, 8000, 16000, undefined]);
});

test("what is long ago, or was followed by a restart, is forgotten", () => {
  const crashing = backOff();
  crashing.next(0);
  assert.equal(crashing.next(1), 1000);
  assert.equal(crashing.next(200_000), 0);
  assert.equal(crashing.next(200_001), 1000);
  crashing.forget();
  assert.equal(crashing.next(200_002), 0);
});
