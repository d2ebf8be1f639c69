"""Checked tables in, doubts out: what is no failure, but likely a mistake.

A doubt changes nothing. Each kind is defined so that good tables of a whole province give none.
"""
