// The least that an extension can do: it marks the first characters of a file when it is activated, and what follows the
// word in each `print(1);` at the very event of a change. There is no server. What it takes to be seen is what the editor itself takes.
const vscode = require("vscode");

const mark = (found, document) => {
  if (document.languageId !== "python") return;
  const told = [[0, 3], ...[...document.getText().matchAll(/print\(1\);/g)].map((match) => [match.index + 5, match.index + 9])].map(
    ([from, to]) => {
      const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
      return new vscode.Diagnostic(range, "yardstick", vscode.DiagnosticSeverity.Warning);
    },
  );
  found.set(document.uri, told);
};

exports.activate = (context) => {
  const found = vscode.languages.createDiagnosticCollection("yardstick");
  context.subscriptions.push(found, vscode.workspace.onDidChangeTextDocument(({ document }) => mark(found, document)));
  vscode.workspace.textDocuments.forEach((document) => mark(found, document));
};
