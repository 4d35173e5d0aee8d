"""Names → registry entries: the registries of agency kinds, provinces and schemes."""
