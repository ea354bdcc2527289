/** What the user orders by name and the server does: the workspace checked, a report, a server scanned. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** The server's answer to what was cancelled. */
const CANCELLED = -32800;

/** Asks the server for one of its commands; `undefined` where none runs, or the user stopped it. */
export type Order = <Result>(
  command: string,
  given?: object,
  token?: vscode.CancellationToken,
  /** Gets what would be shown as an error otherwise. */
  failed?: (why: string) => void,
) => Promise<Result | undefined>;

/** The server's side of a command. Its errors are shown: they say why something was not done. */
export function ordering(client: () => LanguageClient | undefined): Order {
  return async (command, given = {}, token, failed = (why) => void vscode.window.showErrorMessage(why)) => {
    const running = client();
    if (running === undefined) {
      void vscode.window.showWarningMessage("The server of mcp-lsp is not running.");
      return undefined;
    }
    try {
      const params = { command: `mcp-lsp.${command}`, arguments: [given] };
      const method = "workspace/executeCommand";
      // A token that is `undefined` would be taken for a second parameter.
      return (await (token === undefined ? running.sendRequest(method, params) : running.sendRequest(method, params, token))) ?? undefined;
    } catch (error) {
      if ((error as { code?: unknown }).code === CANCELLED) return undefined;
      failed(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
}

export async function checkWorkspace(order: Order): Promise<void> {
  const told = await order<{ files: number; found: Record<string, number> }>("check");
  if (told === undefined) return;
  const count = Object.values(told.found).reduce((sum, one) => sum + one, 0);
  const choice = await vscode.window.showInformationMessage(`${count} findings in ${told.files} files.`, "Show Report", "Show Problems");
  if (choice === "Show Report") await vscode.commands.executeCommand("mcp-lsp.showReport");
  if (choice === "Show Problems") await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** The server of the file that is shown; it is started by the language server, after a question of its own. */
export async function scanServer(order: Order, uri: vscode.Uri | undefined, show: (html: string, title: string) => void): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (file === undefined || !(await trusted())) return;
  const told = await order<{ html: string }>("scan", { uri: file.toString(), html: true });
  if (told !== undefined) show(told.html, "mcp-lsp scan");
}

/** Whether something of the workspace may be started; if not, the user is told. */
export async function trusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const choice = await vscode.window.showWarningMessage("In Restricted Mode files are read and nothing is started.", "Manage Trust");
  if (choice === "Manage Trust") await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}
