"""Edits in: checked tables and edits become other checked tables, or one error with every failure.

Edits are staged over the tables, in their order (``staged.py``, ``apply.py``); then rows that stay
and new ones are put together (``splice.py``), and checked together as any tables are
(``edited.py``).
"""
