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
  -- `arguments` is JSON; where it is left out, each argument is asked for.
  call = function(tool, arguments) M.call(here(), tool, arguments) end,
}

-- What was written for an argument: text where its schema says so, JSON otherwise.
local function value(written, schema)
  if schema.type == 'string' then return true, written end
  return pcall(vim.json.decode, written)
end

-- Asks for the arguments of a form, one after the other; an empty answer leaves an optional one out.
local function ask(form, done)
  local required, names, given = {}, {}, vim.empty_dict()
  for _, name in ipairs(form.inputSchema.required or {}) do required[name] = true end
  for name in pairs(form.inputSchema.properties or {}) do table.insert(names, name) end
  table.sort(names, function(a, b)
    if (required[a] or false) ~= (required[b] or false) then return required[a] or false end
    return a < b
  end)
  local function from(i)
    local name = names[i]
    if not name then return done(given) end
    local schema = form.inputSchema.properties[name]
    local example = required[name] and form.example[name] or nil
    local prompt = ('%s%s (%s): '):format(name, required[name] and ' *' or '', schema.type or 'JSON')
    local default = type(example) == 'string' and example or example ~= nil and vim.json.encode(example) or nil
    vim.ui.input({ prompt = prompt, default = default }, function(written)
      if written == nil then return end -- given up
      if written == '' and (schema.type ~= 'string' or not required[name]) then
        if not required[name] then return from(i + 1) end
        vim.notify('mcp-lsp: ' .. name .. ' is required', vim.log.levels.WARN)
        return
      end
      local fine, meant = value(written, schema)
      if not fine then
        vim.notify(('mcp-lsp: %s is not JSON'):format(name), vim.log.levels.WARN)
        return
      end
      given[name] = meant
      from(i + 1)
    end)
  end
  from(1)
end

--- Calls a tool of the server in a file; the server is started after a question of its own.
function M.call(uri, tool, arguments)
  local function call(given)
    order('call', { uri = uri, tool = tool, arguments = given }, function(told)
      local failed = told.error ~= nil or told.result.isError == true
      vim.notify(('mcp-lsp: %s %s after %g ms'):format(tool, failed and 'failed' or 'answered', told.milliseconds))
      show(vim.json.encode(told.result or told.error), 'json')
    end)
  end
  if arguments and arguments ~= '' then
    local fine, given = pcall(vim.json.decode, arguments)
    if not fine or type(given) ~= 'table' then
      vim.notify('mcp-lsp: the arguments are not a JSON object', vim.log.levels.WARN)
      return
    end
    return call(next(given) and given or vim.empty_dict())
  end
  order('tool', { uri = uri, tool = tool }, function(form) ask(form, call) end)
end

-- The lens over a tool.
vim.lsp.commands['mcp-lsp.call'] = function(command)
  local given = command.arguments[1]
  M.call(given.uri, given.tool)
end

return M
