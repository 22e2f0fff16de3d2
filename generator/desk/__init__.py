"""The editor's desk: a web application on this machine alone, over the same verbs as the command line."""
