// As much of what ms-python.python exports as is asked for.
const vscode = require("vscode");
const python = process.env.MCP_LSP_TEST_PYTHON;

exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath: () => ({ path: python }),
    resolveEnvironment: () => (python ? Promise.resolve({ executable: { uri: vscode.Uri.file(python) } }) : new Promise(() => undefined)),
    onDidChangeActiveEnvironmentPath: new vscode.EventEmitter().event,
  },
});
