"""Pages of the thread, of the internal notes and of the ready-made texts. Reading renders; writing redirects."""
