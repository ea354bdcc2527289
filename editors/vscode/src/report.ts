/** The report of the workspace in a panel: the server's page as it is, which forbids itself everything but its style. */

import * as vscode from "vscode";
import type { Order } from "./orders";

const POLICY = /<meta http-equiv="Content-Security-Policy" content="default-src (?:'|&#39;)none/;

let panel: vscode.WebviewPanel | undefined;

export async function showReport(order: Order): Promise<void> {
  const told = await order<{ html: string }>("report");
  if (told !== undefined) showPage(told.html, "mcp-lsp report");
}

/** Shows a page without scripts, forms, or anything from elsewhere. One that does not say so itself is not shown. */
export function showPage(html: string, title: string): void {
  if (!POLICY.test(html)) throw new Error("the report forbids itself nothing, so it is not shown");
  panel ??= vscode.window.createWebviewPanel("mcp-lsp.report", title, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableForms: false,
    localResourceRoots: [],
  });
  panel.onDidDispose(() => (panel = undefined));
  panel.title = title;
  panel.webview.html = html;
  panel.reveal();
}
