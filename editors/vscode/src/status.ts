/** One line in the language status menu: is the server running, which one, and what to do when it is not. */

import * as vscode from "vscode";
import type { Order } from "./orders";

export interface Status extends vscode.Disposable {
  starting(): void;
  running(version: string | undefined, origin: string): void;
  stopped(why: string): void;
  missing(): void;
  /** Shows how things stand with the document in front, when nothing has changed for a moment. */
  follow(order: Order): Promise<void>;
}

interface Standing {
  readonly rules: number;
  readonly findings: number;
  readonly tools: number;
  readonly milliseconds: number;
  readonly scan: Scan | null;
}

/** The last scan of the folder's server: what became of it, since when, and how much it found. */
interface Scan {
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly at: string;
  readonly findings: number;
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
  let runs = "";
  let later: NodeJS.Timeout | undefined;
  const showOutput = { title: "Show output", command: "mcp-lsp.showOutput" };
  const restart = { title: "Restart", command: "mcp-lsp.restart" };
  return {
    starting: () => {
      runs = "";
      item.busy = true;
      item.text = "mcp-lsp";
      item.detail = "starting";
      item.severity = vscode.LanguageStatusSeverity.Information;
      item.command = showOutput;
    },
    running: (version, origin) => {
      const restricted = vscode.workspace.isTrusted ? "" : "; Restricted Mode";
      const text = version === undefined ? "mcp-lsp" : `mcp-lsp ${version}`;
      runs = origin + restricted;
      show(text, runs, vscode.LanguageStatusSeverity.Information, showOutput);
    },
    follow: (order) =>
      new Promise((done) => {
        clearTimeout(later);
        later = setTimeout(async () => {
          const document = vscode.window.activeTextEditor?.document;
          if (runs === "" || document === undefined || vscode.languages.match(selector, document) === 0) return done();
          const told = await order<Standing | null>("status", { uri: document.uri.toString() }, undefined);
          if (told && runs !== "" && item.severity === vscode.LanguageStatusSeverity.Information) {
            const took = told.milliseconds > 0 ? `, last edit ${told.milliseconds} ms` : "";
            item.detail = `${runs}: ${told.findings} found, ${told.tools} tools, ${told.rules} rules${took}; ${scanned(told.scan)}`;
            item.busy = told.scan?.state === "running";
          }
          done();
        }, 500);
      }),
    stopped: (why) => {
      runs = "";
      show("mcp-lsp", why, vscode.LanguageStatusSeverity.Error, restart);
    },
    missing: () => show("mcp-lsp", "no server found", vscode.LanguageStatusSeverity.Warning, showOutput),
    dispose: () => {
      clearTimeout(later);
      item.dispose();
    },
  };
}

function scanned(scan: Scan | null): string {
  if (scan === null) return "server not scanned";
  if (scan.state === "running") return `server being scanned since ${scan.at}`;
  if (scan.state === "failed") return `scan at ${scan.at} could not ask the server`;
  return `server scanned at ${scan.at}${scan.state === "stopped" ? ", stopped" : ""}: ${scan.findings} found`;
}
