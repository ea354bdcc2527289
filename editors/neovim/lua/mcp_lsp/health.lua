--- `:checkhealth mcp_lsp`: is the server there, does it start, is it attached, and to what.
local M = {}

function M.check()
  local health = vim.health
  health.start('mcp-lsp')
  if vim.fn.has('nvim-0.11') == 0 then
    health.error('Neovim 0.11 is needed, for `vim.lsp.enable`')
    return
  end
  local command = (vim.lsp.config.mcp_lsp or {}).cmd or { 'mcp-lsp', 'lsp' }
  local path = vim.fn.exepath(command[1])
  if path == '' then
    health.error(command[1] .. ' is not on PATH', { 'pipx install mcp-lsp', 'uv tool install mcp-lsp' })
    return
  end
  local done = vim.system({ path, '--version' }, { text = true }):wait(10000)
  if done.code ~= 0 then
    health.error(path .. ' does not run: ' .. vim.trim(done.stderr or ''))
    return
  end
  health.ok(('%s (%s)'):format(vim.trim(done.stdout), path))
  if not vim.lsp.is_enabled or vim.lsp.is_enabled('mcp_lsp') then
    health.ok('enabled')
  else
    health.warn('not enabled', { "vim.lsp.enable('mcp_lsp')" })
  end
  local clients = vim.lsp.get_clients({ name = 'mcp_lsp' })
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_map(function(buffer)
      return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.')
    end, vim.tbl_keys(client.attached_buffers))
    health.info(('running in %s for %s'):format(client.root_dir or 'no folder', table.concat(buffers, ', ')))
  end
  if #clients == 0 then health.info('not running: no file of a server is open') end
end

return M
