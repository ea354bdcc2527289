import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import { serve } from "../src/asking";

const disk = mkdtempSync(path.join(tmpdir(), "mcp-lsp-asking-"));
after(() => rmSync(disk, { recursive: true }));

/** Something that stands in for a Python: what it does when it is asked. */
function asked(does: string): ReturnType<typeof serve> {
  const script = path.join(disk, "find.js");
  writeFileSync(script, does);
  return serve(script, [process.execPath], undefined);
}

test("the process that answers is the server, and the rest of what it says is for its log", async () => {
  const does = `process.stderr.write('a warning\\n{"command": ["py"], "why": ""}\\nloaded\\n'); process.stdin.on("data", (said) => { process.stdout.write("heard " + said); process.exit(); })`;
  const answer = await asked(does);
  assert.deepEqual(answer.command, ["py"]);
  assert.ok(answer.process);
  answer.process.stdin?.write("hello");
  const said = (stream: NodeJS.ReadableStream | null): Promise<string> =>
    new Promise((done) => {
      let all = "";
      stream?.on("data", (data: Buffer) => (all += data.toString())).on("end", () => done(all));
    });
  assert.deepEqual(await Promise.all([said(answer.process.stdout), said(answer.process.stderr)]), ["heard hello", "a warning\nloaded\n"]);
});

test("one that has no server says why", async () => {
  const answer = await asked(`process.stderr.write('{"command": null, "why": "has none"}\\n')`);
  assert.deepEqual(answer, { command: null, why: "has none" });
});

test("one that breaks has no server", async () => {
  const answer = await asked(`console.error("Fatal"); process.exit(1)`);
  assert.equal(answer.command, null);
  assert.match(answer.why, /did not answer: Fatal/);
});

test("one that cannot be run has no server", async () => {
  const answer = await serve("find.py", [path.join(disk, "nothing")], undefined);
  assert.equal(answer.command, null);
});
