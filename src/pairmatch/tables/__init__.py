"""Tables in: files and frames become `CheckedTables`, or one error with every failure."""
