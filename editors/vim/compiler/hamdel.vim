" :compiler hamdel, then :make: the findings of the file on disk in the quickfix list.
" hamdel counts letters and Vim counts bytes, so hamdel#Quickfix() converts the columns before Vim jumps to the first.
if exists('g:current_compiler')
  finish
endif
let g:current_compiler = 'hamdel'

" Findings are no failure of the command: --fail-on never keeps the shell quiet.
CompilerSet makeprg=hamdel\ check\ --format\ line\ --fail-on\ never\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tuggestion:\ %m
CompilerSet makeencoding=utf-8

augroup hamdel
  autocmd!
  autocmd QuickFixCmdPost make,lmake call hamdel#Quickfix(expand('<amatch>'))
augroup END
