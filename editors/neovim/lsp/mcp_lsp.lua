---@brief
---
--- https://modelcontextprotocol.io
---
--- Checks MCP servers in Python and TypeScript while they are written: exact findings, fixes, and the same rules in CI
--- (`mcp-lsp check`). Needs Neovim 0.11 and `mcp-lsp` on PATH (`pipx install mcp-lsp`); `:checkhealth mcp_lsp` says more.
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
---
--- Commands: `:McpLsp check`, `:McpLsp report [FILE]`, `:McpLsp servers`, `:McpLsp fix [RULE]`, `:McpLsp scan`,
--- `:McpLsp call TOOL [JSON]`, which asks for the arguments that are not given, as the lens *Call* over a tool does
--- (`vim.lsp.codelens.run()`).

local papers = require('mcp_lsp').papers

---@type vim.lsp.Config
return {
  cmd = { 'mcp-lsp', 'lsp' },
  filetypes = {
    'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact',
    -- Manifests, build files, clients' lists of servers and prompts, those of them that are read: see `root_dir`.
    'json', 'jsonc', 'toml', 'requirements', 'text', 'conf', 'dockerfile', 'yaml', 'markdown',
  },
  -- Where settings and dependencies stand. A file that belongs to no project is checked as well.
  root_dir = function(buffer, found)
    local name, kind = vim.api.nvim_buf_get_name(buffer), vim.bo[buffer].filetype
    if kind == 'python' or kind:find('^typescript') or kind:find('^javascript') or papers(name) then
      found(vim.fs.root(buffer, { 'mcp-lsp.toml', 'pyproject.toml', 'package.json', '.git' }) or vim.fs.dirname(name))
    end
  end,
  settings = { ['mcp-lsp'] = vim.empty_dict() },
}
