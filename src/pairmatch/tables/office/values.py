def mended(table, schema, vocabulary, findings, lost):
    return table
