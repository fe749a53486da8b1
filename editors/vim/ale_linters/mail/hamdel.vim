call ale#linter#Define('mail', hamdel#AleLinter())
