/** Which Python the user works with, as the two extensions that know it say; each is optional, neither is required. */

import * as vscode from "vscode";

/** A source of active interpreters; `changed` fires when another one may be active. */
export interface Interpreters {
  active(folder: vscode.Uri | undefined): Promise<readonly string[] | undefined>;
  readonly changed: vscode.Event<void>;
}

// The parts that are used of what `ms-python.vscode-python-envs` and `ms-python.python` export.
interface EnvironmentsExtension {
  getEnvironment(scope: vscode.Uri | undefined): Promise<{ execInfo: { run: { executable: string; args?: string[] } } } | undefined>;
  readonly onDidChangeEnvironment: vscode.Event<unknown>;
}
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(path: { path: string }): Promise<{ executable: { uri: vscode.Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

const [ENVIRONMENTS, PYTHON] = ["ms-python.vscode-python-envs", "ms-python.python"];

/** Whether somebody is there to ask. */
export function known(): boolean {
  return [ENVIRONMENTS, PYTHON].some((id) => vscode.extensions.getExtension(id) !== undefined);
}

/** Neither extension is waited for before somebody asks: each takes a second or more to start. */
export function interpreters(log: (line: string) => void): Interpreters & vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  let knowing: Promise<(folder: vscode.Uri | undefined) => Promise<readonly string[] | undefined>> | undefined;
  return {
    active: async (folder) => (await (knowing ??= knowers(changes, log)))(folder),
    changed: changes.event,
    dispose: () => changes.dispose(),
  };
}

async function knowers(
  changes: vscode.EventEmitter<void>,
  log: (line: string) => void,
): Promise<(folder: vscode.Uri | undefined) => Promise<readonly string[] | undefined>> {
  const environments = await exported<EnvironmentsExtension>(ENVIRONMENTS, log);
  if (environments?.getEnvironment !== undefined) {
    environments.onDidChangeEnvironment(() => changes.fire());
    return async (folder) => {
      const run = (await environments.getEnvironment(folder))?.execInfo.run;
      return run === undefined ? undefined : [run.executable, ...(run.args ?? [])];
    };
  }
  const python = (await exported<PythonExtension>(PYTHON, log))?.environments;
  if (python === undefined) return async () => undefined;
  python.onDidChangeActiveEnvironmentPath(() => changes.fire());
  return async (folder) => {
    const chosen = await python.resolveEnvironment(python.getActiveEnvironmentPath(folder));
    const executable = chosen?.executable.uri?.fsPath;
    return executable === undefined ? undefined : [executable];
  };
}

async function exported<Api>(id: string, log: (line: string) => void): Promise<Api | undefined> {
  const extension = vscode.extensions.getExtension<Api>(id);
  if (extension === undefined) return undefined;
  try {
    // Exports nothing when the user has switched it off in its own settings.
    return (await extension.activate()) ?? undefined;
  } catch (error) {
    log(`${id} could not be started: ${String(error)}`);
    return undefined;
  }
}
