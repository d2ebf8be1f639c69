"""Help as argparse lays it out, with Chinese characters as wide as they are."""

import re
from argparse import Action, HelpFormatter

from pairmatch.words.layout import places, wrapped

_HEADING = re.compile("^([\u4e00-\u9fff]+):$", re.MULTILINE)


class WideHelpFormatter(HelpFormatter):
    """A help formatter that counts places on a terminal, not characters.

    argparse has no public way to do that; these methods are what other formatters override too.
    """

    def add_argument(self, action: Action) -> None:
        """Keep room for the widest argument."""
        super().add_argument(action)
        header = places(self._format_action_invocation(action)) + self._current_indent
        self._action_max_length = max(self._action_max_length, header)

    def _format_action(self, action: Action) -> str:
        """Return the help of an argument, with fewer blanks behind a wide name."""
        text = super()._format_action(action)
        header = self._format_action_invocation(action)
        return text.replace(header + " " * (places(header) - len(header)), header, 1)

    def format_help(self) -> str:
        """Return the help; Chinese headings have a colon as wide as they are."""
        return _HEADING.sub(r"\1：", super().format_help())

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))
