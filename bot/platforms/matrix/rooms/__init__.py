"""How direct rooms begin, move and end."""
