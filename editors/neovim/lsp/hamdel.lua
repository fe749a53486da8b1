-- Neovim 0.11 and later find this file on the runtime path: `vim.lsp.enable('hamdel')` starts the server.
-- Older ones read it through lua/hamdel/init.lua.
return {
  cmd = { 'hamdel', 'lsp' },
  filetypes = { 'text', 'markdown', 'mail' },
  root_markers = { 'hamdel.toml', 'pyproject.toml', '.git' },
  flags = { debounce_text_changes = 0 }, -- the server itself waits for a pause in typing
  settings = { hamdel = vim.empty_dict() },
}
