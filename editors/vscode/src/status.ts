/** One line in the language status menu: is the server running, which one, and what to do when it is not. */

import * as vscode from "vscode";

export interface Status extends vscode.Disposable {
  starting(): void;
  running(version: string | undefined, origin: string): void;
  stopped(why: string): void;
  missing(): void;
}

export function languageStatus(selector: vscode.DocumentSelector): Status {
  const item = vscode.languages.createLanguageStatusItem("mcp-lsp.status", selector);
  item.name = "mcp-lsp";
  const show = (text: string, detail: string, severity: vscode.LanguageStatusSeverity, command: vscode.Command): void => {
    item.busy = false;
    item.text = text;
    item.detail = detail;
    item.severity = severity;
    item.command = command;
  };
  const showOutput = { title: "Show output", command: "mcp-lsp.showOutput" };
  const restart = { title: "Restart", command: "mcp-lsp.restart" };
  return {
    starting: () => {
      item.busy = true;
      item.text = "mcp-lsp";
      item.detail = "starting";
      item.severity = vscode.LanguageStatusSeverity.Information;
      item.command = showOutput;
    },
    running: (version, origin) => {
      const restricted = vscode.workspace.isTrusted ? "" : "; Restricted Mode";
      const text = version === undefined ? "mcp-lsp" : `mcp-lsp ${version}`;
      show(text, origin + restricted, vscode.LanguageStatusSeverity.Information, showOutput);
    },
    stopped: (why) => show("mcp-lsp", why, vscode.LanguageStatusSeverity.Error, restart),
    missing: () => show("mcp-lsp", "no server found", vscode.LanguageStatusSeverity.Warning, showOutput),
    dispose: () => item.dispose(),
  };
}
