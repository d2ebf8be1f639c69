"""Tables as offices write them, made plain: sheets in, tables with our columns and values out.

Each sheet is a grid of text with where each cell stands. Headers and values are brought to our
names; what is certain is repaired with a note, and what is not is a failure.
"""
