/** What VS Code starts: wires commands and events to the one session with the server. */

import * as vscode from "vscode";
import { interpreters } from "./python";
import { DOCUMENTS, session, type Channels, type Session } from "./session";
import { CHOOSES_SERVER } from "./settings";
import { languageStatus } from "./status";

let active: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const channels: Channels = {
    output: vscode.window.createOutputChannel("mcp-lsp", { log: true }),
    server: vscode.window.createOutputChannel("mcp-lsp server", { log: true }),
    trace: vscode.window.createOutputChannel("mcp-lsp trace", { log: true }),
  };
  const status = languageStatus(DOCUMENTS);
  const pythons = await interpreters((line) => channels.output.warn(line));
  const running = session(context, channels, status, pythons);
  active = running;

  const safely = (work: () => Promise<void>) => async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      channels.output.error(String(error));
    }
  };

  context.subscriptions.push(
    ...Object.values(channels),
    status,
    vscode.commands.registerCommand("mcp-lsp.restart", safely(running.restart)),
    vscode.commands.registerCommand("mcp-lsp.showOutput", () => channels.output.show()),
    vscode.commands.registerCommand("mcp-lsp.showServerLog", () => channels.server.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (CHOOSES_SERVER.some((name) => event.affectsConfiguration(name))) void safely(running.restart)();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(safely(running.restart)),
    pythons.changed(safely(running.restartIfAnother)),
  );
  await safely(running.restart)();
}

export async function deactivate(): Promise<void> {
  await active?.stop();
}
