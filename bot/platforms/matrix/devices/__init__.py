"""Other people's devices: which of them may read along."""
