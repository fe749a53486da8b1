call ale#linter#Define('text', hamdel#AleLinter())
