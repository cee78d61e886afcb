"""Can somebody who has the files, but not the root key, tell that two rows are one person? Every way is tried."""
