/** Decides which command starts the server, and says why; knows nothing of VS Code, so that every case can be tested. */

import type { ChildProcess } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import * as path from "node:path";

/** What starts the server. `origin` is for people: the status item and the log show it. */
export interface Found {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly origin: string;
  /** Another active Python environment may mean another server. */
  readonly followsInterpreter: boolean;
  /** It runs already: asking for it has started it. */
  readonly process?: ChildProcess | undefined;
}

/** No server: every place that was looked at, with what was wrong there. */
export interface NotFound {
  readonly looked: readonly string[];
}

export interface Settings {
  readonly path: readonly string[];
  readonly interpreter: readonly string[];
  readonly importStrategy: "fromEnvironment" | "useBundled";
}

/** How a Python answers the question of `bundled/find.py`; with the process that has become the server by that. */
export interface Answer {
  readonly command: readonly string[] | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly why: string;
  readonly process?: ChildProcess;
}

export interface Surroundings {
  readonly settings: Settings;
  /** False in Restricted Mode: then nothing that lies in the workspace is run. */
  readonly trusted: boolean;
  readonly folders: readonly string[];
  /** The value of PATH, and the endings an executable may have (`.exe` on Windows). */
  readonly searchPath: string;
  readonly endings: readonly string[];
  /** Folder of a server carried by the extension, whether it is there or not. */
  readonly bundle: string;
  /** The Python that the Python extension has chosen for the first folder. */
  activeInterpreter(): Promise<readonly string[] | undefined>;
  /** Runs `find.py` with a Python; `libs` is set when the bundled server is asked for. */
  ask(python: readonly string[], libs?: string): Promise<Answer>;
  /** Lines for the log. */
  log(line: string): void;
}

const SERVER = "mcp-lsp";

export async function findServer(around: Surroundings): Promise<Found | NotFound> {
  const looked: string[] = [];
  const note = (line: string): void => {
    looked.push(line);
    around.log(line);
  };

  // In Restricted Mode VS Code hides the values that the workspace gives to these settings; what is left is the user's.
  const configured = configuredExecutable(around, note);
  if (configured !== undefined) return configured;

  if (around.settings.importStrategy === "useBundled") {
    return (await bundled(around, note)) ?? { looked };
  }
  const found =
    (around.trusted ? await fromInterpreter(around, note) : undefined) ??
    fromSearchPath(around, note) ??
    (await bundled(around, note));
  return found ?? { looked };
}

function configuredExecutable(around: Surroundings, note: (line: string) => void): Found | undefined {
  for (const candidate of around.settings.path) {
    if (!path.isAbsolute(candidate)) {
      note(`mcp-lsp.path: "${candidate}" is not an absolute path`);
    } else if (!isExecutable(candidate)) {
      note(`mcp-lsp.path: "${candidate}" is not an executable file`);
    } else if (!around.trusted && isInside(candidate, around.folders)) {
      note(`mcp-lsp.path: "${candidate}" lies in the workspace, which is not trusted`);
    } else {
      return plain(candidate, "setting mcp-lsp.path");
    }
  }
  return undefined;
}

async function fromInterpreter(around: Surroundings, note: (line: string) => void): Promise<Found | undefined> {
  const configured = configuredInterpreter(around, note);
  if (configured !== undefined) {
    const answer = await around.ask(configured);
    if (answer.command !== null) return started(answer, "setting mcp-lsp.interpreter", false);
    note(`mcp-lsp.interpreter: ${answer.why}`);
  }
  const active = await around.activeInterpreter();
  if (active === undefined) {
    note("active Python environment: none is known; the Python extension is absent or has not chosen one");
    return undefined;
  }
  const answer = await around.ask(active);
  if (answer.command !== null) return started(answer, "active Python environment", true);
  note(`active Python environment: ${answer.why}`);
  return undefined;
}

function configuredInterpreter(around: Surroundings, note: (line: string) => void): readonly string[] | undefined {
  const [written, ...args] = around.settings.interpreter;
  if (written === undefined) return undefined;
  // A bare name is looked up here: left to the system, Windows would take a file of the working directory first.
  const python = path.isAbsolute(written) ? written : onSearchPath([written], around);
  if (python === undefined || !isExecutable(python)) {
    note(`mcp-lsp.interpreter: "${written}" is not an executable file`);
  } else if (!around.trusted && isInside(python, around.folders)) {
    note(`mcp-lsp.interpreter: "${written}" lies in the workspace, which is not trusted`);
  } else {
    return [python, ...args];
  }
  return undefined;
}

function fromSearchPath(around: Surroundings, note: (line: string) => void): Found | undefined {
  const executable = onSearchPath([SERVER], around);
  if (executable === undefined) {
    note(`PATH: no ${SERVER}`);
    return undefined;
  }
  // The active environment was asked first, so a change of it can still bring a nearer server.
  return { ...plain(executable, "PATH"), followsInterpreter: around.trusted };
}

async function bundled(around: Surroundings, note: (line: string) => void): Promise<Found | undefined> {
  if (!isDirectory(around.bundle)) {
    note("bundled server: this build of the extension carries none");
    return undefined;
  }
  const active = around.trusted ? await around.activeInterpreter() : undefined;
  const installed = onSearchPath(["python3", "python"], around);
  const candidates = [
    configuredInterpreter(around, note),
    active,
    installed === undefined ? undefined : [installed],
  ].filter((python) => python !== undefined);
  for (const python of candidates) {
    const answer = await around.ask(python, around.bundle);
    if (answer.command !== null) return started(answer, "bundled with the extension", python === active);
    note(`bundled server: ${answer.why}`);
  }
  if (candidates.length === 0) note("bundled server: no Python to run it with");
  return undefined;
}

/** The first executable of one of these names on PATH. In Restricted Mode, entries inside the workspace do not count. */
export function onSearchPath(names: readonly string[], around: Pick<Surroundings, "searchPath" | "endings" | "trusted" | "folders">): string | undefined {
  for (const name of names) {
    for (const folder of around.searchPath.split(path.delimiter)) {
      // A relative entry means another file in every folder; it is never what the user installed.
      if (!path.isAbsolute(folder)) continue;
      for (const ending of around.endings) {
        const candidate = path.join(folder, name + ending);
        if (isExecutable(candidate) && (around.trusted || !isInside(candidate, around.folders))) return candidate;
      }
    }
  }
  return undefined;
}

function plain(executable: string, origin: string): Found {
  return { command: executable, args: ["lsp"], env: {}, origin, followsInterpreter: false };
}

function started(answer: Answer, origin: string, followsInterpreter: boolean): Found {
  const [command = "", ...args] = answer.command ?? [];
  return { command, args: [...args, "lsp"], env: answer.env ?? {}, origin, followsInterpreter, process: answer.process };
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isDirectory(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether a file lies in one of the folders, as written or after symbolic links are followed. */
function isInside(file: string, folders: readonly string[]): boolean {
  const real = (name: string): string => {
    try {
      return realpathSync(name);
    } catch {
      return name;
    }
  };
  const under = (inner: string, outer: string): boolean => {
    const way = path.relative(outer, inner);
    return way === "" || (!way.startsWith("..") && !path.isAbsolute(way));
  };
  return folders.some((folder) => under(file, folder) || under(real(file), real(folder)));
}
