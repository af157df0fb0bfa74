-- nvim.lua - what Neovim shows and does, with the snippet of docs/editors.md.
--
-- Runs in a workspace that editors.sh made; prints "ok NAME" or "FAIL NAME".
local function say(name, ok, why)
  io.stdout:write((ok and 'ok ' or 'FAIL ') .. name ..
    (ok and '' or ': ' .. tostring(why)) .. '\n')
end

local function codes()
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, d.code or d.user_data.lsp.code)
  end
  return list
end

local function has(code)
  return vim.tbl_contains(codes(), code)
end

local function ask(method, line, character)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line, character = character },
  }
  local all = vim.lsp.buf_request_sync(0, method, params, 5000) or {}
  local _, first = next(all)
  return first and first.result
end

vim.cmd('filetype on')
vim.cmd('edit migrations/002_index.sql')
say('shows findings', vim.wait(10000, function() return has('TL101') end),
  vim.inspect(codes()))

local hover = ask('textDocument/hover', 2, 18)
say('hovers', hover and hover.contents.value:find('users_email', 1, true),
  vim.inspect(hover))

vim.api.nvim_win_set_cursor(0, { 3, 18 })
vim.lsp.buf.definition()
say('goes to definitions', vim.wait(5000, function()
  return vim.api.nvim_buf_get_name(0):find('001_users.sql', 1, true) ~= nil
end), vim.api.nvim_buf_get_name(0))
vim.cmd('buffer 002_index.sql')

vim.api.nvim_win_set_cursor(0, { 3, 0 })
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    if item[2].title:find('require-concurrent', 1, true) then
      return choose(item)
    end
  end
end
vim.lsp.buf.code_action()
say('applies a fix', vim.wait(5000, function()
  return vim.api.nvim_buf_get_lines(0, 2, 3, true)[1]
    :find('CONCURRENTLY', 1, true) ~= nil
end), vim.api.nvim_buf_get_lines(0, 2, 3, true)[1])
say('follows the edit', vim.wait(5000, function() return not has('TL101') end),
  vim.inspect(codes()))

-- Edits of a line with characters that count differently everywhere.
vim.api.nvim_buf_set_lines(0, 2, 3, true, { "SELECT '😀é'; CREATE INDEX j" ..
  ' ON users (id, email);' })
say('counts characters', vim.wait(5000, function()
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if (d.code or d.user_data.lsp.code) == 'TL101' then
      return d.col == #"SELECT '😀é'; "
    end
  end
end), vim.inspect(vim.diagnostic.get(0)))
vim.cmd('qall!')
