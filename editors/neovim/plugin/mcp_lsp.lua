-- `:McpLsp COMMAND`, see lsp/mcp_lsp.lua.
vim.api.nvim_create_user_command('McpLsp', function(given)
  local commands = require('mcp_lsp').commands
  local name, rest = given.args:match('^(%S+)%s*(.-)$')
  if not commands[name or ''] then
    vim.notify('McpLsp: one of ' .. table.concat(vim.tbl_keys(commands), ', '), vim.log.levels.ERROR)
    return
  end
  local first, more = rest:match('^(%S+)%s*(.-)$')
  commands[name](first, more)
end, {
  nargs = '+',
  desc = 'Ask mcp-lsp for something',
  complete = function(lead, line)
    if select(2, line:gsub('%s+', '')) > 1 then return {} end
    local names = vim.tbl_keys(require('mcp_lsp').commands)
    table.sort(names)
    return vim.tbl_filter(function(name) return vim.startswith(name, lead) end, names)
  end,
})
