"""Seven words with which a contributor finds their story again (threat model, 5): getting them, coming back, moving."""
