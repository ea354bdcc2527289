/** Reads the settings that choose the server; everything else is the server's own business and reaches it unread. */

import * as os from "node:os";
import * as path from "node:path";
import type { Settings } from "./find";

/** What a folder and an environment mean to the variables in a setting. */
export interface Meaning {
  /** The first folder of the workspace; relative paths start there. */
  readonly folder: string | undefined;
  /** Folders by name, for `${workspaceFolder:name}`. */
  readonly folders: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Settings after which the server has to be started anew. All others take effect while it runs. */
export const CHOOSES_SERVER = ["mcp-lsp.path", "mcp-lsp.interpreter", "mcp-lsp.importStrategy", "mcp-lsp.diagnosticMode"] as const;

export function serverSettings(get: (name: string) => unknown, meaning: Meaning): Settings {
  const [python, ...pythonArgs] = texts(get("interpreter"));
  return {
    path: texts(get("path")).map((value) => executable(value, meaning)),
    interpreter: python === undefined ? [] : [executable(python, meaning), ...pythonArgs.map((value) => expand(value, meaning))],
    importStrategy: get("importStrategy") === "useBundled" ? "useBundled" : "fromEnvironment",
  };
}

/** `${workspaceFolder}`, `${workspaceFolder:name}`, `${userHome}`, `${env:NAME}` and a leading `~`, as elsewhere in VS Code. */
export function expand(value: string, meaning: Meaning): string {
  return value
    .replace(/^~(?=$|[/\\])/, () => os.homedir())
    .replace(/\$\{(workspaceFolder|userHome|env)(?::([^}]*))?\}/g, (whole, word: string, name?: string) => {
      if (word === "userHome") return os.homedir();
      if (word === "env") return meaning.environment[name ?? ""] ?? "";
      return (name === undefined ? meaning.folder : meaning.folders.get(name)) ?? whole;
    });
}

/** A value with a slash is a path and starts in the folder; a bare word such as `python3` stays as it is. */
function executable(value: string, meaning: Meaning): string {
  const expanded = expand(value, meaning);
  if (path.isAbsolute(expanded) || !/[/\\]/.test(expanded) || meaning.folder === undefined) return expanded;
  return path.join(meaning.folder, expanded);
}

function texts(value: unknown): string[] {
  const values = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
  return values.filter((one): one is string => typeof one === "string" && one.trim() !== "");
}
