"""Foreign files. Photos are rebuilt in confined children: nothing of the file survives but its pixels."""
