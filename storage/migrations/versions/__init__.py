"""One module a step. A published step is never changed; the next one is added."""
