call ale#linter#Define('markdown', hamdel#AleLinter())
