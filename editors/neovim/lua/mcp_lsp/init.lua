--- What of mcp-lsp is Neovim's own: which files besides sources it reads, and its commands.
local M = {}

-- The file names of `mcp_lsp/syntax/language.py` as patterns of `vim.glob`.
local PAPERS = vim.iter({
  '{package,manifest,server}.json', '{uv,poetry,pdm,yarn,bun,Pipfile}.lock', 'pylock*.toml', 'pnpm-lock.yaml',
  '{package-lock,npm-shrinkwrap}.json', '*.mcp-session.jsonl', 'pyproject.toml', '*requirements*.{txt,in}', 'Dockerfile*', 'Containerfile*', '*.dockerfile',
  '{.mcp,mcp}.json', 'mcp{-,_,}{config,settings,servers}.json', 'claude_desktop_config*.json', 'cline_mcp_settings.json',
  '*.tools.json', 'SKILL.md', '{AGENT,AGENTS,CLAUDE,GEMINI,copilot-instructions}.md', '*.mdc', '*prompt*.md',
}):map(function(pattern) return vim.glob.to_lpeg('**/' .. pattern) end):totable()
local WORKFLOW = vim.glob.to_lpeg('**/.github/workflows/*.{yml,yaml}')

--- Whether a file that is no source is one that mcp-lsp reads.
function M.papers(name)
  name = vim.fs.normalize(name)
  return WORKFLOW:match(name) ~= nil or vim.iter(PAPERS):any(function(pattern) return pattern:match(name) ~= nil end)
end

local function client()
  local found = vim.lsp.get_clients({ name = 'mcp_lsp' })[1]
  if not found then vim.notify('mcp-lsp is not running: open a file of a server first', vim.log.levels.WARN) end
  return found
end

-- One of the server's commands; `done` gets its result.
local function order(command, given, done)
  local running = client()
  if not running then return end
  local params = { command = 'mcp-lsp.' .. command, arguments = { given } }
  running:request('workspace/executeCommand', params, function(error, result)
    if error then vim.notify('mcp-lsp: ' .. error.message, vim.log.levels.WARN) elseif done then done(result) end
  end)
end

local function show(text, kind)
  vim.cmd.new()
  vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(text, '\n'))
  vim.bo.filetype, vim.bo.buftype, vim.bo.bufhidden, vim.bo.modified = kind, 'nofile', 'wipe', false
end

local function list(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  vim.cmd.copen()
end

local function here() return vim.uri_from_bufnr(0) end

M.commands = {
  check = function()
    order('check', vim.empty_dict(), function(told)
      local count = vim.iter(vim.tbl_values(told.found)):fold(0, function(sum, one) return sum + one end)
      vim.notify(('mcp-lsp: %d findings in %d files'):format(count, told.files))
    end)
  end,
  fix = function(rule) order('fixEverywhere', { rule = rule or '' }) end,
  report = function(file)
    file = file or vim.fn.tempname() .. '.html'
    order('report', vim.empty_dict(), function(told)
      vim.fn.writefile(vim.split(told.html, '\n'), file)
      vim.notify('mcp-lsp: ' .. file)
    end)
  end,
  servers = function()
    order('servers', vim.empty_dict(), function(servers)
      local items = {}
      for _, server in ipairs(servers) do
        for _, item in ipairs(server.items) do
          local at = item.range.start
          table.insert(items, {
            filename = vim.uri_to_fname(server.uri), lnum = at.line + 1, col = at.character + 1,
            text = ('%s: %s %s'):format(server.name, item.kind, item.name),
          })
        end
      end
      list('MCP servers', items)
    end)
  end,
  scan = function()
    order('scan', { uri = here() }, function(told)
      vim.notify(('mcp-lsp: %d findings in the running server and its source'):format(#told.diagnostics))
      show(vim.json.encode(told), 'json')
    end)
  end,
  call = function(tool, arguments)
    local given = vim.json.decode(arguments ~= '' and arguments or '{}')
    order('call', { uri = here(), tool = tool, arguments = next(given) and given or vim.empty_dict() }, function(told)
      show(vim.json.encode(told), 'json')
    end)
  end,
}

return M
