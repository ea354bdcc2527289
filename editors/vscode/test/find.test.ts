import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import { findServer, type Answer, type Surroundings } from "../src/find";

const missing: Answer = { command: null, why: "has no mcp_lsp installed" };
const present = (python: readonly string[]): Answer => ({ command: [...python, "-P", "-m", "mcp_lsp"], why: "" });

const disks: string[] = [];
const newDisk = (): string => {
  const root = mkdtempSync(path.join(tmpdir(), "mcp-lsp-find-"));
  disks.push(root);
  return root;
};
after(() => disks.forEach((root) => rmSync(root, { recursive: true })));

/** A computer: the executables that exist on it, with `~` for its root, and what its Pythons answer. */
interface Computer {
  executables?: string[];
  path?: string[];
  interpreter?: string[];
  importStrategy?: "useBundled";
  trusted?: boolean;
  searchPath?: string;
  active?: string[];
  withServer?: string[];
  bundle?: boolean;
}

async function check(computer: Computer, expected: string): Promise<void> {
  const root = newDisk();
  const here = (name: string): string => name.replace(/^~/, root);
  mkdirSync(here("~/project"), { recursive: true });
  if (computer.bundle) mkdirSync(here("~/extension/bundled/libs"), { recursive: true });
  for (const name of computer.executables ?? []) {
    mkdirSync(path.dirname(here(name)), { recursive: true });
    writeFileSync(here(name), "");
    chmodSync(here(name), 0o755);
  }
  const around: Surroundings = {
    settings: {
      path: (computer.path ?? []).map(here),
      interpreter: (computer.interpreter ?? []).map(here),
      importStrategy: computer.importStrategy ?? "fromEnvironment",
    },
    trusted: computer.trusted ?? true,
    folders: [here("~/project")],
    searchPath: (computer.searchPath ?? "").split(":").map(here).join(path.delimiter),
    endings: [""],
    bundle: here("~/extension/bundled/libs"),
    activeInterpreter: async () => computer.active?.map(here),
    ask: async (python, libs) =>
      libs !== undefined || (computer.withServer ?? []).map(here).includes(python[0] ?? "") ? present(python) : missing,
    log: () => undefined,
  };
  const found = await findServer(around);
  const said =
    "command" in found ? `${[found.command, ...found.args].join(" ")} (${found.origin})` : ["nothing:", ...found.looked].join("\n");
  assert.equal(said.replaceAll(root, "~"), expected);
}

test("the setting path comes before everything", () =>
  check(
    { executables: ["~/tools/mcp-lsp", "~/bin/mcp-lsp"], path: ["~/tools/mcp-lsp"], searchPath: "~/bin" },
    "~/tools/mcp-lsp lsp (setting mcp-lsp.path)",
  ));

test("a path that is gone does not block the others", () =>
  check({ executables: ["~/bin/mcp-lsp"], path: ["~/gone/mcp-lsp"], searchPath: "~/bin" }, "~/bin/mcp-lsp lsp (PATH)"));

test("the configured interpreter, with its arguments", () =>
  check(
    { executables: ["~/py/python3"], interpreter: ["~/py/python3", "-X", "utf8"], withServer: ["~/py/python3"], active: ["~/env/python"] },
    "~/py/python3 -X utf8 -P -m mcp_lsp lsp (setting mcp-lsp.interpreter)",
  ));

test("a bare interpreter name is looked up on PATH", () =>
  check(
    { executables: ["~/py/python3.12"], interpreter: ["python3.12"], searchPath: "~/py", withServer: ["~/py/python3.12"] },
    "~/py/python3.12 -P -m mcp_lsp lsp (setting mcp-lsp.interpreter)",
  ));

test("a configured interpreter without the server falls back to the active environment", () =>
  check(
    { executables: ["~/py/python3"], interpreter: ["~/py/python3"], active: ["~/env/python"], withServer: ["~/env/python"] },
    "~/env/python -P -m mcp_lsp lsp (active Python environment)",
  ));

test("an environment without the server falls back to PATH", () =>
  check({ executables: ["~/bin/mcp-lsp"], active: ["~/env/python"], searchPath: "~/bin" }, "~/bin/mcp-lsp lsp (PATH)"));

test("relative entries of PATH are passed over", () =>
  check(
    { searchPath: "bin:." },
    "nothing:\n" +
      "active Python environment: none is known; the Python extension is absent or has not chosen one\n" +
      "PATH: no mcp-lsp\n" +
      "bundled server: this build of the extension carries none",
  ));

test("the bundled server comes last", () =>
  check(
    { executables: ["~/bin/python3"], searchPath: "~/bin", bundle: true },
    "~/bin/python3 -P -m mcp_lsp lsp (bundled with the extension)",
  ));

test("useBundled passes over the environment and PATH", () =>
  check(
    { executables: ["~/bin/python3", "~/bin/mcp-lsp"], searchPath: "~/bin", importStrategy: "useBundled", bundle: true },
    "~/bin/python3 -P -m mcp_lsp lsp (bundled with the extension)",
  ));

test("useBundled without a bundle says so and takes no other server instead", () =>
  check(
    { executables: ["~/bin/mcp-lsp"], searchPath: "~/bin", importStrategy: "useBundled" },
    "nothing:\nbundled server: this build of the extension carries none",
  ));

test("Restricted Mode: nothing of the workspace is run", () =>
  check(
    {
      trusted: false,
      executables: ["~/project/.venv/bin/mcp-lsp", "~/project/.venv/bin/python"],
      path: ["~/project/.venv/bin/mcp-lsp"],
      interpreter: ["~/project/.venv/bin/python"],
      active: ["~/project/.venv/bin/python"],
      withServer: ["~/project/.venv/bin/python"],
      searchPath: "~/project/.venv/bin",
      bundle: true,
    },
    "nothing:\n" +
      'mcp-lsp.path: "~/project/.venv/bin/mcp-lsp" lies in the workspace, which is not trusted\n' +
      "PATH: no mcp-lsp\n" +
      'mcp-lsp.interpreter: "~/project/.venv/bin/python" lies in the workspace, which is not trusted\n' +
      "bundled server: no Python to run it with",
  ));

test("Restricted Mode: the user's own installation works", () =>
  check(
    { trusted: false, executables: ["~/project/bin/mcp-lsp", "~/bin/mcp-lsp"], searchPath: "~/project/bin:~/bin" },
    "~/bin/mcp-lsp lsp (PATH)",
  ));

test("Restricted Mode: a link out of the workspace still belongs to it", async () => {
  const root = newDisk();
  mkdirSync(path.join(root, "project"));
  writeFileSync(path.join(root, "project", "mcp-lsp"), "");
  chmodSync(path.join(root, "project", "mcp-lsp"), 0o755);
  mkdirSync(path.join(root, "bin"));
  symlinkSync(path.join(root, "project", "mcp-lsp"), path.join(root, "bin", "mcp-lsp"));
  const found = await findServer({
    settings: { path: [], interpreter: [], importStrategy: "fromEnvironment" },
    trusted: false,
    folders: [path.join(root, "project")],
    searchPath: path.join(root, "bin"),
    endings: [""],
    bundle: path.join(root, "none"),
    activeInterpreter: async () => undefined,
    ask: async () => missing,
    log: () => undefined,
  });
  assert.ok("looked" in found);
});
