/** The running server: found, started, replaced and stopped, never two at once. */

import type { ChildProcess } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { backOff } from "./backoff";
import type { Found, NotFound } from "./find";
import { oneAtATime } from "./queue";
import type { Remembered } from "./remembered";
import { launch, type Search } from "./search";
import type { Status } from "./status";

/** Milliseconds after which the server that was found the last time is compared with the one that would be found now. */
const LATER = 2000;

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
  /** A server has started to answer, or has stopped, or says that something about it is different. */
  readonly changed: vscode.Event<void>;
}

/** Takes an order of the server's (a lens, an action) into its own hands; `false`: it is the server's. */
export type Own = (command: string, given: Readonly<Record<string, unknown>>) => boolean;

/** `begun`: the first search, where it has begun before there was a session. */
export function session(
  memory: Remembered,
  channels: Channels,
  status: Status,
  search: Search,
  own: Own,
  begun: Promise<Found | NotFound> | undefined,
): Session {
  let current: { client: LanguageClient; server: ChildProcess; found: Found; started: Promise<void>; runs: boolean } | undefined;
  let first = true;
  let told = false;
  const changes = new vscode.EventEmitter<void>();
  const crashes = backOff();

  const stop = async (): Promise<void> => {
    const previous = current;
    current = undefined;
    if (previous === undefined) return;
    const { client, server, started, runs } = previous;
    // Whatever becomes of the conversation, the process does not stay.
    const late = setTimeout(() => server.kill("SIGKILL"), 2000).unref();
    server.once("exit", () => clearTimeout(late));
    try {
      if (!runs) {
        // A client that waits for its server cannot be stopped; and a server that hangs must not keep the next one away.
        server.kill();
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
    const last = first && begun === undefined && !search.quick() ? memory.find(search.key()) : undefined;
    const searching = begun ?? (last === undefined ? search.start() : Promise.resolve(last));
    first = false;
    begun = undefined;
    // While its process starts: it is most of the extension.
    const loading = import("./client.js");
    const found = await searching;
    if (!("command" in found)) {
      status.missing();
      if (!told) void tellMissing(channels.output);
      told = true;
      return;
    }
    channels.output.info(`Starting ${[found.command, ...found.args].join(" ")} (${found.origin})`);
    const server = found.process ?? launch(found);
    server.once("error", (error) => channels.output.error(`${found.command} cannot be run: ${error.message}`));
    server.once("exit", (code, signal) => channels.output.info(`The server has ended (${signal ?? `exit status ${code}`})`));
    const { languageClient, State } = await loading;
    const client = languageClient(server, DOCUMENTS, channels, own, () => crashed(client));
    const one = { client, server, found, started: Promise.resolve(), runs: false };
    current = one;
    client.onDidChangeState(({ newState }) => {
      one.runs = newState === State.Running;
      if (current !== one) return;
      changes.fire();
      if (newState === State.Starting) status.starting();
      if (newState !== State.Running) return;
      status.running(client.initializeResult?.serverInfo?.version, found.origin);
    });
    client.onNotification("mcp-lsp/status", () => changes.fire());
    // Not awaited: a restart can be wished for before the server has answered.
    one.started = client.start();
    // Only then: before that the server has not been told of any document, and everything here would keep it waiting.
    const kept = one.started.then(() => {
      if (current !== one) return;
      if (last === undefined) memory.keep(search.key(), found.followsInterpreter ? found : undefined);
      // Who knows takes a while to say, and a process of its own: not before there is something to be seen.
      else setTimeout(() => current === one && void restartIfAnother(), LATER);
    });
    kept.catch((error: unknown) => {
      if (current !== one) return;
      channels.output.error(`The server did not start: ${String(error)}`);
      status.stopped("the server did not start; see the output");
    });
  });

  const restart = (): Promise<void> => {
    crashes.forget();
    return again();
  };

  const restartIfAnother = async (): Promise<void> => {
    if (current !== undefined && !current.found.followsInterpreter) return;
    const found = await search.find();
    const { process: _, ...runs } = current?.found ?? {};
    if ("command" in found && isDeepStrictEqual({ ...found, process: undefined }, { ...runs, process: undefined })) return;
    if (!("command" in found) && current === undefined) return;
    memory.keep(search.key(), undefined);
    await restart();
  };

  return {
    restart,
    client: () => (current?.runs === true ? current.client : undefined),
    changed: changes.event,
    restartIfAnother,
    stop,
  };
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
