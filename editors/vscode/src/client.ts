/** What talks to the server: the language client, which is most of the extension, in a file of its own. */

import type { ChildProcess } from "node:child_process";
import * as readline from "node:readline";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State, type DocumentSelector } from "vscode-languageclient/node";
import { settingsForServer, settingsMiddleware } from "./configuration";
import type { Channels, Own } from "./session";

export { State };

/** A client for a server that was started just now. */
export function languageClient(server: ChildProcess, documents: DocumentSelector, channels: Channels, own: Own, crashed: () => void): LanguageClient {
  const client: LanguageClient = new LanguageClient("mcp-lsp", "mcp-lsp", () => Promise.resolve(server), {
    documentSelector: documents,
    outputChannel: channels.server,
    traceOutputChannel: channels.trace,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: {
      settings: settingsForServer(),
      diagnosticMode: vscode.workspace.getConfiguration("mcp-lsp").get("diagnosticMode"),
      trusted: vscode.workspace.isTrusted,
      followsStatus: true,
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

