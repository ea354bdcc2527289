/** The running server: found, started, replaced and stopped, never two at once. */

import { isDeepStrictEqual } from "node:util";
import { backOff } from "./backoff";
import * as os from "node:os";
import * as path from "node:path";
import * as readline from "node:readline";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import { settingsForServer, settingsMiddleware } from "./configuration";
import { findServer, type Found, type NotFound } from "./find";
import { ask, type Interpreters } from "./python";
import { oneAtATime } from "./queue";
import { serverSettings } from "./settings";
import type { Status } from "./status";

/** The languages in which MCP servers are written and mcp-lsp reads. */
export const LANGUAGES = ["python", "typescript", "typescriptreact", "javascript", "javascriptreact"] as const;

/** Manifests, build files, clients' lists of servers and prompts that are read as well, by their names. */
const PAPERS =
  "**/{package.json,manifest.json,server.json,pyproject.toml,*requirements*.{txt,in},Dockerfile,Dockerfile.*,Containerfile,Containerfile.*,*.dockerfile," +
  "{uv,poetry,pdm,yarn,bun,Pipfile}.lock,pylock*.toml,pnpm-lock.yaml,{package-lock,npm-shrinkwrap}.json," +
  "mcp.json,.mcp.json,mcp{-,_,}{config,settings,servers}.json,claude_desktop_config*.json,cline_mcp_settings.json," +
  "*.tools.json,*.mcp-session.jsonl,.github/workflows/*.{yml,yaml},.cursorrules,.windsurfrules," +
  "{SKILL,AGENT,AGENTS,CLAUDE,CLAUDE.local,GEMINI,copilot-instructions}.md,*.mdc,*prompt*.md}";

/** Files on disk and new files that have not been saved; not the inside of a Git revision or of an archive. */
export const DOCUMENTS = [
  ...LANGUAGES.flatMap((language) => [
    { language, scheme: "file" },
    { language, scheme: "untitled" },
  ]),
  { scheme: "file", pattern: PAPERS },
];

export interface Channels {
  /** What the extension decides. */
  readonly output: vscode.LogOutputChannel;
  /** What the server says. */
  readonly server: vscode.LogOutputChannel;
  /** What both say to each other; silent until its level is set to Trace. */
  readonly trace: vscode.LogOutputChannel;
}

export interface Session {
  /** Looks for the server again and starts it anew. */
  restart(): Promise<void>;
  /** The same, but only if another server would be found. */
  restartIfAnother(): Promise<void>;
  stop(): Promise<void>;
  /** The one that runs and answers, if any. */
  client(): LanguageClient | undefined;
  /** A server has started to answer, or has stopped. */
  readonly changed: vscode.Event<void>;
}

/** Takes an order of the server's (a lens, an action) into its own hands; `false`: it is the server's. */
export type Own = (command: string, given: Readonly<Record<string, unknown>>) => boolean;

export function session(context: vscode.ExtensionContext, channels: Channels, status: Status, pythons: Interpreters, own: Own): Session {
  let current: { client: LanguageClient; found: Found; started: Promise<void> } | undefined;
  let told = false;
  const changes = new vscode.EventEmitter<void>();
  const crashes = backOff();

  const search = (): Promise<Found | NotFound> => find(context, pythons, (line) => channels.output.info(line));

  const stop = async (): Promise<void> => {
    const previous = current;
    current = undefined;
    if (previous === undefined) return;
    const { client, started } = previous;
    try {
      if (client.state === State.Starting) {
        // A client that waits for its server cannot be stopped; and a server that hangs must not keep the next one away.
        client.serverProcess?.kill();
        void started.then(() => client.dispose()).catch(() => undefined);
      } else {
        await client.dispose();
      }
    } catch (error) {
      channels.output.warn(`The server did not stop in an orderly way: ${String(error)}`);
    }
  };

  const crashed = (client: LanguageClient): void => {
    if (current?.client !== client) return;
    const wait = crashes.next(Date.now());
    if (wait === undefined) {
      status.stopped("the server has crashed again and again; see its log");
      return;
    }
    channels.output.warn(`The server has crashed; starting it again in ${wait / 1000} s`);
    status.stopped(`the server has crashed; it is started again in ${wait / 1000} s`);
    setTimeout(() => current?.client === client && void again(), wait);
  };

  const again = oneAtATime(async () => {
    await stop();
    status.starting();
    const found = await search();
    if (!("command" in found)) {
      status.missing();
      if (!told) void tellMissing(channels.output);
      told = true;
      return;
    }
    channels.output.info(`Starting ${[found.command, ...found.args].join(" ")} (${found.origin})`);
    const client = languageClient(found, channels, own, () => crashed(client));
    client.onDidChangeState(({ newState }) => {
      if (current?.client !== client) return;
      changes.fire();
      if (newState === State.Starting) status.starting();
      if (newState === State.Running) status.running(client.initializeResult?.serverInfo?.version, found.origin);
    });
    // Not awaited: a restart can be wished for before the server has answered.
    const started = client.start();
    current = { client, found, started };
    started.catch((error: unknown) => {
      if (current?.client !== client) return;
      channels.output.error(`The server did not start: ${String(error)}`);
      status.stopped("the server did not start; see the output");
    });
  });

  const restart = (): Promise<void> => {
    crashes.forget();
    return again();
  };

  return {
    restart,
    client: () => (current?.client.state === State.Running ? current.client : undefined),
    changed: changes.event,
    restartIfAnother: async () => {
      if (current !== undefined && !current.found.followsInterpreter) return;
      const found = await search();
      if ("command" in found && isDeepStrictEqual(found, current?.found)) return;
      if (!("command" in found) && current === undefined) return;
      await restart();
    },
    stop,
  };
}

function find(context: vscode.ExtensionContext, pythons: Interpreters, log: (line: string) => void): Promise<Found | NotFound> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const first = folders[0]?.uri;
  const configuration = vscode.workspace.getConfiguration("mcp-lsp", first);
  const script = context.asAbsolutePath(path.join("bundled", "find.py"));
  const meaning = {
    folder: first?.fsPath,
    folders: new Map(folders.map(({ name, uri }) => [name, uri.fsPath])),
    environment: process.env,
  };
  return findServer({
    settings: serverSettings((name) => configuration.get(name), meaning),
    trusted: vscode.workspace.isTrusted,
    folders: folders.map(({ uri }) => uri.fsPath),
    searchPath: process.env["PATH"] ?? "",
    endings: process.platform === "win32" ? [".exe"] : [""],
    bundle: context.asAbsolutePath(path.join("bundled", "libs")),
    activeInterpreter: () => pythons.active(first),
    ask: (python, libs) => ask(script, python, libs),
    log,
  });
}

function languageClient(found: Found, channels: Channels, own: Own, crashed: () => void): LanguageClient {
  const server = {
    command: found.command,
    args: [...found.args],
    // Not the opened folder: nothing there may be taken for a part of the server.
    options: { cwd: os.homedir(), env: { ...process.env, ...found.env } },
  };
  const client: LanguageClient = new LanguageClient("mcp-lsp", "mcp-lsp", server, {
    documentSelector: DOCUMENTS,
    outputChannel: channels.server,
    traceOutputChannel: channels.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: {
      settings: settingsForServer(),
      diagnosticMode: vscode.workspace.getConfiguration("mcp-lsp").get("diagnosticMode"),
      trusted: vscode.workspace.isTrusted,
    },
    middleware: {
      ...settingsMiddleware(() => client),
      executeCommand: (command, args, next) => (own(command, (args[0] ?? {}) as Readonly<Record<string, unknown>>) ? undefined : next(command, args)),
    },
    synchronize: { configurationSection: "mcp-lsp" },
    stdioOptions: {
      stdout: () => undefined, // carries the protocol
      // Its log, not only its errors, comes this way; a line per line, as it is.
      stderr: (input, channel) => void readline.createInterface({ input }).on("line", (line) => channel.info(line)),
    },
    errorHandler: {
      error: (_error, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true }),
      // A new one is started by whoever hears of the crash: later and later, and in the end not any more.
      closed: () => {
        crashed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  });
  return client;
}

/** Said once per window: without a server there are no squiggles, and silence would look like a clean file. */
async function tellMissing(output: vscode.LogOutputChannel): Promise<void> {
  const message = vscode.workspace.isTrusted
    ? "mcp-lsp is not installed where this window can find it, so nothing is checked. Install it (pipx install mcp-lsp), or say where it is in the setting mcp-lsp.path."
    : "In Restricted Mode no server inside the workspace is started, and none was found outside, so nothing is checked.";
  const choice = await vscode.window.showWarningMessage(message, "Show Output", "Open Settings");
  if (choice === "Show Output") output.show();
  if (choice === "Open Settings") await vscode.commands.executeCommand("workbench.action.openSettings", "mcp-lsp.path");
}
