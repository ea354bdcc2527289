/** Looks for the server with what VS Code knows. Where finding it means to run a Python, that Python becomes the server. */

import { spawn, type ChildProcess } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { ask, serve } from "./asking";
import { findServer, type Found, type NotFound } from "./find";
import { known, type Interpreters } from "./python";
import { serverSettings } from "./settings";

export interface Search {
  /** What would be started. */
  find(): Promise<Found | NotFound>;
  /** The same, and it runs already: see `process` of what is found. */
  start(): Promise<Found | NotFound>;
  /** Whether it is decided without other extensions, which take a second or more to say which Python is active. */
  quick(): boolean;
  /** Everything that decides, but for what other extensions say. */
  key(): string;
}

export function search(pythons: Interpreters, log: (line: string) => void): Search {
  const bundled = path.join(__dirname, "..", "bundled");
  const script = path.join(bundled, "find.py");
  const settings = (): { folders: readonly vscode.WorkspaceFolder[]; settings: ReturnType<typeof serverSettings> } => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const first = folders[0]?.uri;
    const configuration = vscode.workspace.getConfiguration("mcp-lsp", first);
    const meaning = {
      folder: first?.fsPath,
      folders: new Map(folders.map(({ name, uri }) => [name, uri.fsPath])),
      environment: process.env,
    };
    return { folders, settings: serverSettings((name) => configuration.get(name), meaning) };
  };
  const found = (run: typeof ask): Promise<Found | NotFound> => {
    const { folders, settings: chosen } = settings();
    return findServer({
      settings: chosen,
      trusted: vscode.workspace.isTrusted,
      folders: folders.map(({ uri }) => uri.fsPath),
      searchPath: process.env["PATH"] ?? "",
      endings: process.platform === "win32" ? [".exe"] : [""],
      bundle: path.join(bundled, "libs"),
      activeInterpreter: () => pythons.active(folders[0]?.uri),
      ask: (python, libs) => run(script, python, libs),
      log,
    });
  };
  return {
    find: () => found(ask),
    start: async () => {
      const one = await found(serve);
      return "command" in one ? { ...one, process: one.process ?? launch(one) } : one;
    },
    quick: () => {
      const { settings: chosen } = settings();
      return chosen.path.length + chosen.interpreter.length > 0 || !vscode.workspace.isTrusted || !known();
    },
    key: () => {
      const { folders, settings: chosen } = settings();
      return JSON.stringify([vscode.workspace.isTrusted, folders.map(({ uri }) => uri.fsPath), chosen, process.env["PATH"]]);
    },
  };
}

/** Starts the server. Whether it can be run at all is heard by whoever listens to what becomes of it. */
export function launch(found: Found): ChildProcess {
  // Not the opened folder: nothing there may be taken for a part of the server.
  const server = spawn(found.command, found.args, { cwd: os.homedir(), env: { ...process.env, ...found.env }, windowsHide: true });
  return server.on("error", () => undefined); // it may come before anybody listens, and would end the extension host
}
