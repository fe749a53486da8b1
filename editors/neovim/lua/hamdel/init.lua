-- hamdel in Neovim 0.7 and later: require('hamdel').setup{ settings = { hamdel = { audience = 'business' } } }
local M = {}

local FIX_ALL = 'source.fixAll.hamdel'

local function defaults()
  local path = vim.api.nvim_get_runtime_file('lsp/hamdel.lua', false)[1]
  return dofile(path)
end

-- The nearest folder upwards that has one of the markers, else the file's own: hamdel.toml is looked for from there.
local function root_of(file, markers)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local above = folder
  repeat
    for _, marker in ipairs(markers) do
      if vim.loop.fs_stat(above .. '/' .. marker) then
        return above
      end
    end
    local last = above
    above = vim.fn.fnamemodify(above, ':h')
  until above == last
  return folder
end

-- Before 0.8 there is no vim.lsp.start: one client for each root, kept here.
local clients = {}

local function start(config, buffer)
  local root = root_of(vim.api.nvim_buf_get_name(buffer), config.root_markers)
  -- Before 0.8, settings aren't sent by themselves.
  local options = vim.tbl_extend('force', config, {
    name = 'hamdel',
    root_dir = root,
    init_options = vim.fn.has('nvim-0.8') == 0 and config.settings or nil,
  })
  if vim.lsp.start then
    vim.lsp.start(options, { bufnr = buffer })
    return
  end
  local id = clients[root]
  if not (id and vim.lsp.get_client_by_id(id)) then
    id = vim.lsp.start_client(options)
    clients[root] = id
  end
  vim.lsp.buf_attach_client(buffer, id)
end

local function on_filetypes(config)
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('hamdel', { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      if vim.bo[event.buf].buftype == '' then
        start(config, event.buf)
      end
    end,
  })
end

local function client_of(buffer)
  local attached = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = buffer }) or vim.lsp.buf_get_clients(buffer)
  for _, client in pairs(attached) do
    if client.name == 'hamdel' then
      return client
    end
  end
  vim.notify('hamdel: no server is attached to this buffer', vim.log.levels.WARN)
end

local function request(client, method, params, handler, buffer)
  local function answered(failure, result)
    if failure then
      vim.notify('hamdel: ' .. failure.message, vim.log.levels.ERROR)
    elseif handler then
      handler(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, answered, buffer)
  else
    client.request(method, params, answered, buffer)
  end
end

-- Apply all safe edits of the buffer.
function M.fix_all()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if not client then
    return
  end
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.api.nvim_buf_line_count(buffer), character = 0 } },
    context = { only = { FIX_ALL }, diagnostics = {} },
  }
  request(client, 'textDocument/codeAction', params, function(actions)
    for _, action in ipairs(actions or {}) do
      if action.kind == FIX_ALL and action.edit then
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end
  end, buffer)
end

-- Ask for a better draft; the server puts it into the buffer, and one undo takes it back.
function M.improve()
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client then
    local params = { command = 'hamdel.improve', arguments = { vim.uri_from_bufnr(buffer) } }
    request(client, 'workspace/executeCommand', params, nil, buffer)
  end
end

-- Start the server for text, Markdown and mail, and define :HamdelFixAll and :HamdelImprove.
-- `options` win over lsp/hamdel.lua: cmd, filetypes, root_markers, settings, on_attach …
function M.setup(options)
  local config = vim.tbl_deep_extend('force', defaults(), options or {})
  if vim.lsp.config then
    vim.lsp.config('hamdel', config)
    vim.lsp.enable('hamdel')
  else
    on_filetypes(config)
  end
  vim.api.nvim_create_user_command('HamdelFixAll', M.fix_all, { desc = 'Apply all safe edits of hamdel' })
  vim.api.nvim_create_user_command('HamdelImprove', M.improve, { desc = 'Ask hamdel for a better draft' })
end

return M
