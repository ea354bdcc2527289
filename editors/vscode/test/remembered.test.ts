import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import type { Found } from "../src/find";
import { remembered } from "../src/remembered";

const disk = mkdtempSync(path.join(tmpdir(), "mcp-lsp-remembered-"));
after(() => rmSync(disk, { recursive: true }));

const here: Found = { command: process.execPath, args: ["lsp"], env: {}, origin: "active Python environment", followsInterpreter: true };

test("what was found is there the next time, and another folder's is another one", () => {
  remembered(path.join(disk, "new")).keep("a", here);
  const later = remembered(path.join(disk, "new"));
  assert.deepEqual(later.find("a"), here);
  assert.equal(later.find("b"), undefined);
  later.keep("a", undefined);
  assert.equal(later.find("a"), undefined);
});

test("nothing is written where there is nothing to forget", () => {
  const folder = path.join(disk, "never");
  remembered(folder).keep("a", undefined);
  assert.equal(existsSync(folder), false);
});

test("what is not there any more is not remembered", () => {
  const memory = remembered(disk);
  memory.keep("a", { ...here, command: path.join(disk, "gone") });
  assert.equal(memory.find("a"), undefined);
});

test("a file that makes no sense is no memory", () => {
  writeFileSync(path.join(disk, "servers.json"), "{");
  const memory = remembered(disk);
  assert.equal(memory.find("a"), undefined);
  memory.keep("a", here);
  assert.deepEqual(memory.find("a"), here);
});

test("fifty are enough", () => {
  const memory = remembered(disk);
  for (let i = 0; i <= 50; i++) memory.keep(String(i), here);
  assert.equal(memory.find("0"), undefined);
  assert.deepEqual(memory.find("1"), here);
});
