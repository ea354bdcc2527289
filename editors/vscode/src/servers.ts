/** The tree of the workspace's servers with their tools, prompts and resources, and what was found on each. */

import * as vscode from "vscode";
import type { Order } from "./orders";

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
type Found = Readonly<Partial<Record<"error" | "warning" | "information" | "hint", number>>>;
export interface Item {
  readonly kind: "tool" | "prompt" | "resource";
  readonly name: string;
  readonly range: Range;
  readonly found: Found;
  readonly readOnly?: boolean;
  readonly destructive?: boolean;
}
export interface Server {
  readonly uri: string;
  readonly name: string;
  readonly sdk: string;
  readonly range: Range;
  readonly found: Found;
  readonly items: readonly Item[];
}
/** A line of the tree. */
export type Node = { readonly server: Server; readonly item?: Item };

export class Servers implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private view: vscode.TreeView<Node> | undefined;
  private known: readonly Server[] | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private later: NodeJS.Timeout | undefined;

  constructor(private readonly order: Order) {}

  show(): vscode.Disposable {
    this.view = vscode.window.createTreeView("mcp-lsp.servers", { treeDataProvider: this, showCollapseAll: true });
    this.view.onDidChangeVisibility(({ visible }) => visible && this.refresh());
    return this.view;
  }

  /** Ask the server again, when nothing has asked for that for a second, and somebody looks. */
  refresh(): void {
    clearTimeout(this.later);
    if (this.view?.visible !== true) {
      this.known = undefined;
      return;
    }
    this.later = setTimeout(() => {
      this.known = undefined;
      this.changes.fire(undefined);
    }, 1000);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node !== undefined) return node.item === undefined ? node.server.items.map((item) => ({ server: node.server, item })) : [];
    if (this.known === undefined) {
      this.asking?.cancel();
      this.asking = new vscode.CancellationTokenSource();
      this.known = await this.order<Server[]>("servers", {}, this.asking.token);
    }
    return (this.known ?? []).map((server) => ({ server }));
  }

  getTreeItem({ server, item }: Node): vscode.TreeItem {
    const uri = vscode.Uri.parse(server.uri);
    const what = item ?? server;
    const state = item === undefined ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None;
    const line = new vscode.TreeItem(what.name, state);
    const count = Object.values(what.found).reduce((sum, one) => sum + one, 0);
    const words = item === undefined ? [server.sdk, vscode.workspace.asRelativePath(uri)] : hints(item);
    line.description = [...(count > 0 ? [`${count} found`] : []), ...words].join(" · ");
    line.iconPath = icon(item, what.found);
    line.contextValue = item?.kind ?? "server";
    line.tooltip = [what.name, ...Object.entries(what.found).map(([severity, n]) => `${n} × ${severity}`)].join("\n");
    const { start, end } = what.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    line.command = { title: "Open", command: "vscode.open", arguments: [uri, { selection }] };
    return line;
  }

  dispose(): void {
    clearTimeout(this.later);
    this.asking?.cancel();
    this.changes.dispose();
  }
}

/** One of the workspace's tools, as the user chooses. */
export async function pickTool(order: Order): Promise<Node | undefined> {
  const servers = await order<Server[]>("servers");
  const tools = (servers ?? []).flatMap((server) => server.items.filter(({ kind }) => kind === "tool").map((item) => ({ server, item })));
  const listed = tools.map((node) => {
    const where = vscode.workspace.asRelativePath(vscode.Uri.parse(node.server.uri));
    return { label: node.item.name, description: `${node.server.name} · ${where}`, detail: hints(node.item).slice(1).join(" · "), node };
  });
  if (servers !== undefined && listed.length === 0) void vscode.window.showInformationMessage("No tool was found in this workspace.");
  return listed.length === 0 ? undefined : (await vscode.window.showQuickPick(listed, { title: "Call a tool", matchOnDescription: true }))?.node;
}

function hints(item: Item): string[] {
  return [item.kind, ...(item.readOnly === true ? ["read-only"] : []), ...(item.destructive === true ? ["destructive"] : [])];
}

const ICONS = { tool: "tools", prompt: "comment", resource: "file", server: "server" } as const;

function icon(item: Item | undefined, found: Found): vscode.ThemeIcon {
  const color = found.error ? "list.errorForeground" : found.warning ? "list.warningForeground" : undefined;
  const name = item === undefined ? ICONS.server : item.destructive === true ? "flame" : item.readOnly === true ? "eye" : ICONS[item.kind];
  return new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
}
