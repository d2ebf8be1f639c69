"""Columns without the encodings that Arrow's functions do not compute on."""

import pyarrow as pa
import pyarrow.compute as pc


def decoded(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column without dictionaries and runs, and text of any layout as plain text.

    Raises
    ------
    pyarrow.ArrowException
        If the text is too long for one array.
    """
    kind = values.type
    if pa.types.is_run_end_encoded(kind):
        chunks = [_without_runs(chunk) for chunk in values.chunks]
        values = pa.chunked_array(chunks, chunks[0].type if chunks else kind.value_type)
    elif pa.types.is_dictionary(kind):
        # texts first: there is no taking from views
        parts = [(_text(chunk.dictionary), chunk.indices) for chunk in values.chunks]
        words = parts[0][0].type if parts else kind.value_type
        values = pa.chunked_array([words_.take(indices) for words_, indices in parts], words)
    return _text(values)


def is_text(kind: pa.DataType) -> bool:
    """Tell whether a type is text of any layout."""
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def kind_of(kind: pa.DataType) -> str:
    """Return what values of a type are, as a phrase, without names that a type may hold."""
    if pa.types.is_boolean(kind):
        return "bools"
    if pa.types.is_integer(kind):
        return "integers"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "fractions"
    if pa.types.is_temporal(kind):
        return "times"
    if is_text(kind):
        return "text"
    return "nested" if pa.types.is_nested(kind) else "other_values"


def _without_runs(chunk: pa.RunEndEncodedArray) -> pa.Array:
    # ends and values are those of the whole array, of which the chunk may be a slice
    whole = pa.RunEndEncodedArray.from_arrays(chunk.run_ends, _text(chunk.values))
    return pc.run_end_decode(whole.slice(chunk.offset, len(chunk)))


def _text(values: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return values.cast(pa.string()) if is_text(values.type) else values
