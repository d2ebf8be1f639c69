def canonical_names(names, schema, vocabulary, findings):
    return tuple(vocabulary.column_of(schema.name, n) or n for n in names)
