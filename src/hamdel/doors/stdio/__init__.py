"""``hamdel stdio``: drafts checked for any program that can start another one; PROTOCOL.md tells how."""
