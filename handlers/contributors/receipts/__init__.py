"""Seven words with which a contributor finds their story again: getting them, coming back, moving."""
