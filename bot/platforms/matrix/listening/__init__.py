"""From a sync to the inbox."""
