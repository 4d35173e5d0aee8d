"""Documents → the files of a build: reading in parallel, checking, writing all or nothing."""
