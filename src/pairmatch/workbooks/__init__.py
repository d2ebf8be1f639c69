"""Tables out, as files that people and programs open: CSV, Parquet and workbooks.

Checked or synthetic tables come in, and files go out that the reader takes back as they are: ids
stay text, numbers keep every digit, and nothing is a formula.
"""
