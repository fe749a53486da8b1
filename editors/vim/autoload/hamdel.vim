" What :make and ALE share: hamdel's output, `FILE:LINE:COLUMN: SEVERITY: MESSAGE [CHECK]`, in Vim's terms.

let s:line = '\v^.{-}:(\d+):(\d+): (error|warning|suggestion): (.*) \[([a-z/-]+)\]$'
let s:types = {'error': 'E', 'warning': 'W', 'suggestion': 'I'}

" The byte column, from 1, of the letter that is number `column`, from 1. A Persian letter is two bytes, an emoji four.
function! hamdel#ByteColumn(text, column) abort
  let l:index = byteidxcomp(a:text, a:column - 1)
  return l:index < 0 ? strlen(a:text) + 1 : l:index + 1
endfunction

function! s:Converted(item) abort
  if !a:item.valid || a:item.bufnr == 0
    return a:item
  endif
  call bufload(a:item.bufnr)
  let l:text = get(getbufline(a:item.bufnr, a:item.lnum), 0, '')
  let l:type = a:item.type ==# 's' ? 'I' : toupper(a:item.type)
  return extend(a:item, {'col': hamdel#ByteColumn(l:text, a:item.col), 'type': l:type})
endfunction

" Right the columns of the list that `command`, make or lmake, has just filled, if hamdel filled it.
function! hamdel#Quickfix(command) abort
  let l:local = a:command[0] ==# 'l'
  let l:list = l:local ? getloclist(0, {'items': 1, 'title': 1}) : getqflist({'items': 1, 'title': 1})
  if l:list.title !~# '\<hamdel check\>'
    return
  endif
  let l:what = {'items': map(l:list.items, {_, item -> s:Converted(item)}), 'title': l:list.title}
  if l:local
    call setloclist(0, [], 'r', l:what)
  else
    call setqflist([], 'r', l:what)
  endif
endfunction

" ALE's linter for a filetype: it checks what is in the buffer, saved or not.
function! hamdel#AleLinter() abort
  return {
  \ 'name': 'hamdel',
  \ 'executable': {_ -> get(g:, 'hamdel_executable', 'hamdel')},
  \ 'command': '%e check - --format line --fail-on never',
  \ 'cwd': '%s:h',
  \ 'callback': 'hamdel#AleFindings',
  \ }
endfunction

function! hamdel#AleFindings(buffer, lines) abort
  let l:findings = []
  for l:line in a:lines
    let l:parts = matchlist(l:line, s:line)
    if empty(l:parts)
      continue
    endif
    let l:number = str2nr(l:parts[1])
    let l:text = get(getbufline(a:buffer, l:number), 0, '')
    call add(l:findings, {
    \ 'lnum': l:number,
    \ 'col': hamdel#ByteColumn(l:text, str2nr(l:parts[2])),
    \ 'type': s:types[l:parts[3]],
    \ 'text': l:parts[4],
    \ 'code': l:parts[5],
    \ })
  endfor
  return l:findings
endfunction

" ALE's fixer, for :ALEFix: all safe edits. What it can't mend is left as it is.
function! hamdel#AleFix(buffer) abort
  let l:program = ale#Escape(get(g:, 'hamdel_executable', 'hamdel'))
  return {'command': l:program .. ' fix - --fail-on never', 'cwd': '%s:h'}
endfunction
