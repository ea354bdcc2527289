//! Tells Zed how to start `mcp-lsp lsp`; the executable is the user's, nothing is downloaded.

use zed_extension_api::{self as zed, serde_json, settings::LspSettings, LanguageServerId, Result, Worktree};

struct McpLsp;

impl zed::Extension for McpLsp {
    fn new() -> Self {
        McpLsp
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let path = binary.as_ref().and_then(|binary| binary.path.clone());
        Ok(zed::Command {
            command: path
                .or_else(|| worktree.which("mcp-lsp"))
                .ok_or("mcp-lsp is not on PATH; install it, or set lsp.mcp-lsp.binary.path")?,
            args: binary.and_then(|binary| binary.arguments).unwrap_or_else(|| vec!["lsp".into()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(Some(serde_json::json!({ "mcp-lsp": settings.unwrap_or_default() })))
    }
}

zed::register_extension!(McpLsp);
