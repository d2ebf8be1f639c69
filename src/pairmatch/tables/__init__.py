"""Tables in: files and frames become `CheckedTables`, or one error with every failure.

What reads a file ending in .x is ``read_x`` in ``x_file.py``, and ``x_*.py`` is what it needs. What
reads anything else stands in ``streams.py``, and ``reading.py`` chooses.
"""
