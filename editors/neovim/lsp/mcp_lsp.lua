---@brief
---
--- https://modelcontextprotocol.io
---
--- Checks MCP servers in Python and TypeScript while they are written: exact findings, fixes, and the same rules in CI
--- (`mcp-lsp check`). Needs Neovim 0.11 and `mcp-lsp` on PATH (`pipx install mcp-lsp`).
---
--- Put this folder (the one that holds `lsp/`) on the runtimepath, then enable it:
---
--- ```lua
--- vim.opt.runtimepath:append('/path/to/editors/neovim')
--- vim.lsp.enable('mcp_lsp')
--- ```
---
--- Rules are chosen in the project's `mcp-lsp.toml` or `pyproject.toml`; what is set here goes before it:
---
--- ```lua
--- vim.lsp.config('mcp_lsp', { settings = { ['mcp-lsp'] = { ignore = { 'parameter-without-description' } } } })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'mcp-lsp', 'lsp' },
  filetypes = { 'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact' },
  -- Where settings and dependencies stand. A file that belongs to no project is checked as well.
  root_markers = { 'mcp-lsp.toml', 'pyproject.toml', 'package.json', '.git' },
  settings = { ['mcp-lsp'] = vim.empty_dict() },
}
