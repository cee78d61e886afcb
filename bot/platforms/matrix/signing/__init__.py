"""Our own keys: cross-signing, what others need to begin to talk to us."""
