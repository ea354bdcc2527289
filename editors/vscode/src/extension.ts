/** What VS Code starts: wires commands and events to the one session with the server. */

import * as vscode from "vscode";
import { callTool } from "./calls";
import { checkWorkspace, ordering, scanServer } from "./orders";
import { interpreters } from "./python";
import { remembered } from "./remembered";
import { showPage, showReport } from "./report";
import { pickTool, Servers, type Node } from "./servers";
import { search } from "./search";
import { DOCUMENTS, session, type Channels, type Own, type Session } from "./session";
import { CHOOSES_SERVER } from "./settings";
import { languageStatus } from "./status";

// VS Code takes some hundred milliseconds from here to `activate`, and a server takes as long to start.
let said: (line: string) => void;
const early: string[] = [];
said = (line) => void early.push(line);
const pythons = interpreters((line) => said(line));
const searching = search(pythons, (line) => said(line));
const begun = searching.quick() ? searching.start() : undefined;

let active: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const channels: Channels = {
    output: vscode.window.createOutputChannel("mcp-lsp", { log: true }),
    server: vscode.window.createOutputChannel("mcp-lsp server", { log: true }),
    trace: vscode.window.createOutputChannel("mcp-lsp trace", { log: true }),
  };
  const status = languageStatus(DOCUMENTS);
  said = (line) => channels.output.info(line);
  early.forEach(said);
  // The server's lenses: what it would show in a document has a panel here.
  const own: Own = (name, given) => {
    const uri = typeof given["uri"] === "string" ? vscode.Uri.parse(given["uri"]) : undefined;
    if (uri === undefined) return false;
    if (name === "mcp-lsp.scan") void safely(scanServer)(order, uri, showPage);
    else if (name === "mcp-lsp.call" && typeof given["tool"] === "string") void safely(callTool)(order, uri, given["tool"]);
    else return false;
    return true;
  };
  const running = session(remembered(context.globalStorageUri.fsPath), channels, status, searching, own, begun);
  active = running;
  const order = ordering(running.client);
  const servers = new Servers(order);

  const safely = <Given extends unknown[]>(work: (...given: Given) => Promise<void>) => async (...given: Given): Promise<void> => {
    try {
      await work(...given);
    } catch (error) {
      channels.output.error(String(error));
    }
  };
  const look = (): void => {
    servers.refresh();
    void status.follow(order);
  };
  const command = <Given extends unknown[]>(name: string, work: (...given: Given) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`mcp-lsp.${name}`, safely(work));

  context.subscriptions.push(
    ...Object.values(channels),
    pythons,
    status,
    servers,
    servers.show(),
    command("restart", running.restart),
    command("checkWorkspace", () => checkWorkspace(order)),
    command("fixWorkspace", async () => void (await order("fixEverywhere"))),
    command("showReport", () => showReport(order)),
    command("scanServer", (uri?: vscode.Uri) => scanServer(order, uri, showPage)),
    command("scanServerOf", ({ server }: Node) => scanServer(order, vscode.Uri.parse(server.uri), showPage)),
    command("callTool", async (node?: Node) => {
      const { server, item } = node ?? (await pickTool(order)) ?? {};
      if (server !== undefined && item !== undefined) await callTool(order, vscode.Uri.parse(server.uri), item.name);
    }),
    command("refreshServers", async () => servers.refresh()),
    running.changed(look),
    vscode.languages.onDidChangeDiagnostics(look),
    vscode.window.onDidChangeActiveTextEditor(() => void status.follow(order)),
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
