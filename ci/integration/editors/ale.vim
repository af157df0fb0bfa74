" ale.vim - what Vim shows and does through ALE, with the snippet of
" docs/editors.md.
"
" Runs in a workspace that editors.sh made; writes "ok NAME" or "FAIL NAME" to
" the file that $RESULTS names.

let s:results = []

function! s:Say(name, ok, why) abort
  call add(s:results, a:ok ? 'ok ' . a:name
  \ : 'FAIL ' . a:name . ': ' . string(a:why))
endfunction

function! s:Codes() abort
  return map(copy(ale#engine#GetLoclist(bufnr('%'))), 'get(v:val, "code", "")')
endfunction

" Ten seconds for what jobs and timers bring.
function! s:Wait(holds) abort
  for l:i in range(200)
    if a:holds()
      return 1
    endif
    sleep 50m
  endfor
  return 0
endfunction

function! s:Run() abort
  filetype on
  edit migrations/002_index.sql
  ALELint
  call s:Say('shows findings',
  \ s:Wait({-> index(s:Codes(), 'TL101') >= 0}), s:Codes())
  call cursor(3, 19)
  ALEGoToDefinition
  call s:Say('goes to definitions',
  \ s:Wait({-> bufname('%') =~# '001_users'}), bufname('%'))
  edit! migrations/002_index.sql
  call setline(3, 'CREATE INDEX CONCURRENTLY i ON users (id, email);')
  ALELint
  call s:Say('follows the edit',
  \ s:Wait({-> index(s:Codes(), 'TL101') < 0}), s:Codes())
endfunction

function! s:Start(timer) abort
  try
    call s:Run()
  catch
    call add(s:results, 'FAIL ' . v:exception . ' at ' . v:throwpoint)
  endtry
  call writefile(s:results, $RESULTS)
  qall!
endfunction

" Jobs need the main loop.
autocmd VimEnter * call timer_start(100, function('s:Start'))
