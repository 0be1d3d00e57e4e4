"""Reading the registry: lists, searches, files. Everything keeps within the scope that holds."""
