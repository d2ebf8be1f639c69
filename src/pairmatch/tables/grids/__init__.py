"""Text files and workbooks as grids: cells of text, with where each stands.

Nobody has looked yet for a header, or for what the cells mean.
"""
