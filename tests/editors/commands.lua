-- The commands and the health check of editors/neovim, told as one JSON object.
-- Run with `nvim --headless --clean -l commands.lua FOLDER PROJECT OUT`; PROJECT holds server.py, package.json, data.json.

local folder, project, out = _G.arg[1], _G.arg[2], _G.arg[3]
local told, said = {}, {}

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    vim.fn.writefile({ vim.json.encode({ gave_up = what, said = said }) }, out)
    vim.cmd('cquit 1')
  end
end

vim.notify = function(text) table.insert(said, text) end
vim.opt.runtimepath:prepend(folder)
vim.cmd.runtime('plugin/mcp_lsp.lua')
vim.opt.swapfile = false
vim.cmd('filetype on')
vim.lsp.enable('mcp_lsp')

local function open(name)
  vim.cmd.edit(vim.fn.fnameescape(project .. '/' .. name))
  local function attached() return #vim.lsp.get_clients({ bufnr = 0, name = 'mcp_lsp' }) > 0 end
  vim.wait(1500, attached, 20)
  return attached()
end

told.attached = {}
for _, name in ipairs({ 'server.py', 'package.json', 'data.json' }) do told.attached[name] = open(name) end
vim.cmd.edit(vim.fn.fnameescape(project .. '/server.py'))
wait('the server', function()
  local client = vim.lsp.get_clients({ name = 'mcp_lsp' })[1]
  return client and client.initialized
end)

vim.cmd('McpLsp check')
wait('the check', function() return #said > 0 end)
vim.cmd('McpLsp servers')
wait('the servers', function() return #vim.fn.getqflist() > 0 end)
told.servers = vim.tbl_map(function(item) return item.text end, vim.fn.getqflist())
local report = vim.fn.tempname()
vim.cmd('McpLsp report ' .. report)
wait('the report', function() return vim.fn.filereadable(report) == 1 end)
told.report = table.concat(vim.fn.readfile(report), '\n'):sub(1, 15)

vim.cmd.edit(vim.fn.fnameescape(vim.fs.dirname(project) .. '/desk/desk.py'))
wait('the server of the desk', function()
  local client = vim.lsp.get_clients({ bufnr = 0, name = 'mcp_lsp' })[1]
  return client and client.initialized
end)
told.asked = {}
vim.ui.input = function(asked, done)
  table.insert(told.asked, asked.prompt)
  done(({ ['name * (string): '] = 'Ada', ['times * (integer): '] = '2' })[asked.prompt])
end
vim.fn.inputlist = function(choices) -- Neovim asks so what the server wants to know
  told.question = choices[1]
  return 1
end
vim.ui.select = function(items, asked, done)
  told.question = asked.prompt
  done(items[1], 1)
end
local client = vim.lsp.get_clients({ bufnr = 0, name = 'mcp_lsp' })[1]
local lenses = client:request_sync('textDocument/codeLens', { textDocument = { uri = vim.uri_from_bufnr(0) } }, 20000, 0).result
local call = vim.iter(lenses):find(function(lens) return lens.command and lens.command.title == 'Call' end)
client:exec_cmd(call.command, { bufnr = 0 })
wait('the answer of the tool', function() return vim.iter(said):any(function(text) return text:find('greet answered') end) end)
told.answer = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')

told.completed = vim.fn.getcompletion('McpLsp c', 'cmdline')
told.said = said

vim.cmd('checkhealth mcp_lsp')
told.health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
vim.fn.writefile({ vim.json.encode(told) }, out)
vim.cmd('quitall!')
