"""Lists to hand out, and what comes back: a workbook for each county or unit.

A plan comes in; workbooks with its pairs to confirm or reject go out. What offices send back is
read by the same layout.
"""
