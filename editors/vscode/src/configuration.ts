/** Which settings the server gets to see: its own, and only those that somebody has set. */

import * as vscode from "vscode";
import { DidChangeConfigurationNotification, type LanguageClient, type Middleware } from "vscode-languageclient/node";

const SECTION = "mcp-lsp";

/** Settings that are about starting the server; the server does not know them. */
const FOR_THE_CLIENT = new Set(["path", "interpreter", "importStrategy", "trace", "diagnosticMode"]);

/** What is not set (`null`) is left out, so that it stays the decision of the project's own settings file. */
export function settingsForServer(resource?: vscode.Uri): Record<string, unknown> {
  const all = vscode.workspace.getConfiguration(undefined, resource).get<Record<string, unknown>>(SECTION) ?? {};
  const set = Object.entries(all).filter(([name, value]) => !FOR_THE_CLIENT.has(name) && value !== null && value !== undefined);
  return Object.fromEntries(set);
}

/** Answers the server's questions for settings, and tells it of changes, in these terms. */
export function settingsMiddleware(client: () => LanguageClient): Middleware {
  return {
    workspace: {
      configuration: ({ items }, token, next) => {
        if (items.some(({ section }) => section !== SECTION)) return next({ items }, token);
        return items.map(({ scopeUri }) => settingsForServer(scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri)));
      },
      didChangeConfiguration: () =>
        client().sendNotification(DidChangeConfigurationNotification.type, { settings: { [SECTION]: settingsForServer() } }),
    },
  };
}
