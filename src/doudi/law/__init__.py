"""The law in force: rules, dated parameters, documents and regions."""
