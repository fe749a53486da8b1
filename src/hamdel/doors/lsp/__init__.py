"""``hamdel lsp``: drafts checked in any editor that speaks the Language Server Protocol (3.17)."""
