"""How a name is read from a text: the registry's names, committees, groups, and names that nobody knows."""
