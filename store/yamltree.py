"""YAML text -> plain values, each with the line it stands on; trouble is collected.

Scalars stay the text that was written (``no`` is a word, ``0815`` keeps its zero); only
an empty value or ``null`` becomes None. What the text means is for the types to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 20
Path = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_SCALARS = {
    _TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line (the first line is 1), and what to do about it."""

    line: int
    message: str


@dataclass(slots=True)
class Tree:
    """The values of a YAML text and the lines of their keys and of themselves."""

    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    key_lines: dict[Path, int] = field(default_factory=dict)
    value_lines: dict[Path, int] = field(default_factory=dict)

    def get(self, *path: str | int) -> Any:
        """The value at ``path``, None where there is none."""
        value = self.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def key_line(self, path: Path) -> int:
        """Line of the key at ``path``, or of the nearest one around it."""
        while path and path not in self.key_lines:
            path = path[:-1]
        return self.key_lines.get(path, 1)

    def value_line(self, path: Path) -> int:
        """Line of the scalar at ``path``; the key's line for anything larger."""
        return self.value_lines.get(path) or self.key_line(path)


def read(text: str) -> Tree:
    """Read one YAML document; the result says in ``problems`` what could not be read."""
    tree = Tree()
    if len(text) > MAX_CHARACTERS:
        tree.problems.append(Problem(1, f"longer than {MAX_CHARACTERS:,} characters: shorten it"))
        return tree
    refusal = _refusal(text)
    if refusal:
        tree.problems.append(refusal)
        return tree
    root = _composed(text)
    if isinstance(root, Problem):
        tree.problems.append(root)
    elif root is not None:
        tree.data = _value(root, (), tree)
    return tree


def _refusal(text: str) -> Problem | None:
    """Why the text is not composed at all: composing recurses, and aliases multiply."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                return Problem(line, f"the alias *{event.anchor} is not allowed: write it out")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return Problem(line, f"nested deeper than {MAX_DEPTH} levels: flatten it")
    except yaml.YAMLError as error:
        return _syntax(text, error)
    except (ValueError, OverflowError):
        return Problem(1, "not valid YAML: an escape such as \\U stands for no character")
    return None


def _composed(text: str) -> yaml.Node | Problem | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return _syntax(text, error)


def _syntax(text: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line = error.problem_mark.line + 1
        reason = error.problem or error.context or "unreadable"
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        reason = "a character that text cannot hold"
    else:
        line, reason = 1, str(error)
    return Problem(
        line, f"not valid YAML: {reason}; look for a missing quote, colon or space, or a tab"
    )


def _value(node: yaml.Node, path: Path, tree: Tree) -> Any:
    tree.key_lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
        return _mapping(node, path, tree)
    if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
        return [_value(item, (*path, index), tree) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
        tree.value_lines[path] = node.start_mark.line + 1
        return None if node.tag == _TAG + "null" else str(node.value)
    tree.problems.append(
        Problem(node.start_mark.line + 1, f"the tag {node.tag} is not allowed: remove it")
    )
    return None


def _mapping(node: yaml.MappingNode, path: Path, tree: Tree) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            tree.problems.append(Problem(line, "a key must be one word"))
        elif key in result:
            first = tree.key_lines[*path, key]
            tree.problems.append(
                Problem(line, f"`{key}` stands here again (first in line {first}): keep one")
            )
        else:
            tree.key_lines[*path, key] = line
            result[key] = _value(value_node, (*path, key), tree)
    return result
