import assert from "node:assert/strict";
import { homedir } from "node:os";
import { test } from "node:test";
import { serverSettings } from "../src/settings";

function check(written: Record<string, unknown>, expected: { path?: string[]; interpreter?: string[]; importStrategy?: string }): void {
  const meaning = { folder: "/work/shop", folders: new Map([["shop", "/work/shop"], ["api", "/work/api"]]), environment: { TOOLS: "/opt/tools" } };
  const read = serverSettings((name) => written[name], meaning);
  assert.deepEqual(read, { path: [], interpreter: [], importStrategy: "fromEnvironment", ...expected });
}

test("nothing set", () => check({}, {}));
test("variables", () =>
  check(
    { path: ["${workspaceFolder}/a", "${workspaceFolder:api}/b", "${userHome}/c", "~/d", "${env:TOOLS}/e"] },
    { path: ["/work/shop/a", "/work/api/b", `${homedir()}/c`, `${homedir()}/d`, "/opt/tools/e"] },
  ));
test("an unknown folder stays as written", () => check({ path: ["/x/${workspaceFolder:gone}"] }, { path: ["/x/${workspaceFolder:gone}"] }));
test("relative paths start at the folder", () => check({ interpreter: [".venv/bin/python"] }, { interpreter: ["/work/shop/.venv/bin/python"] }));
test("a bare name and arguments stay", () => check({ interpreter: ["python3", "-I"] }, { interpreter: ["python3", "-I"] }));
test("one text instead of a list", () => check({ path: "/opt/mcp-lsp" }, { path: ["/opt/mcp-lsp"] }));
test("values of the wrong kind are not taken", () =>
  check({ path: [1, null, " "], interpreter: {}, importStrategy: "always" }, {}));
