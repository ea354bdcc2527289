"""A folder as a project: its files, settings, dependencies, imports between files, and checking all of it."""
