"""A real Synapse for tests, in a virtual environment of its own (`make setup-dev` puts it into `.cache/synapse`)."""
