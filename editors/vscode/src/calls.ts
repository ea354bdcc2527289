/** A tool called from its lens or from the tree: a form for its arguments, in a panel, and below it what it answered. */

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { argumentsOf, fields, page, shown, type Answer, type Tool, type Written } from "./form";
import { trusted, type Order } from "./orders";
import { once } from "./queue";

type Said = { call?: { written: Written; allowed: { network: boolean; write: boolean; env: string[] } }; stop?: true; open?: true };

const panels = new Map<string, vscode.WebviewPanel>();
const keyOf = (uri: vscode.Uri, name: string): string => `${uri.toString()} ${name}`;

/** Shows the form. One form per tool: it is shown again with what was written there. */
export const callTool = once((_order: Order, uri: vscode.Uri, name: string) => keyOf(uri, name), form);

async function form(order: Order, uri: vscode.Uri, name: string): Promise<void> {
  if (!(await trusted())) return;
  const key = keyOf(uri, name);
  const there = panels.get(key);
  if (there !== undefined) {
    there.reveal();
    return;
  }
  const tool = await order<Tool>("tool", { uri: uri.toString(), tool: name });
  if (tool === undefined) return;
  const panel = vscode.window.createWebviewPanel("mcp-lsp.call", `Call ${name}`, vscode.ViewColumn.Beside, {
    enableScripts: true,
    enableForms: true,
    localResourceRoots: [],
    retainContextWhenHidden: true, // what was written stays
  });
  panels.set(key, panel);
  let stop: vscode.CancellationTokenSource | undefined;
  let last: Answer | undefined;
  panel.onDidDispose(() => {
    panels.delete(key);
    stop?.cancel();
  });

  const call = once((_call: NonNullable<Said["call"]>) => "", async ({ written, allowed }: NonNullable<Said["call"]>): Promise<void> => {
    const given = argumentsOf(fields(tool), written);
    if ("wrong" in given) {
      await panel.webview.postMessage({ wrong: given.wrong });
      return;
    }
    // The server is started from its file, so what is called is what is written there.
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (document?.isDirty) await document.save();
    stop = new vscode.CancellationTokenSource();
    await panel.webview.postMessage({ busy: true, said: "Calling…" });
    const failures: string[] = [];
    const told = await order<Answer>("call", { uri: uri.toString(), tool: name, arguments: given.arguments, ...allowed }, stop.token, (why) => failures.push(why));
    stop = undefined;
    last = told ?? last;
    await panel.webview.postMessage(told === undefined ? { said: failures[0] ?? "Not called.", failed: true } : shown(told));
  });

  panel.webview.onDidReceiveMessage(async (said: Said) => {
    if (said.call !== undefined) await call(said.call);
    if (said.stop) stop?.cancel();
    if (said.open && last !== undefined) {
      const document = await vscode.workspace.openTextDocument({ language: "json", content: JSON.stringify(last, undefined, 2) });
      await vscode.window.showTextDocument(document, { preview: true });
    }
  });
  panel.webview.html = page(tool, randomBytes(18).toString("base64url"));
}
