"""The playbook file: YAML <-> ``graph.playbook.Playbook``, with every problem by line."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from importlib import resources
from pathlib import Path
from threading import Lock

import yaml

from graph.order import FINDING_TYPES, FindingType
from graph.playbook import Baseline, Playbook, When
from graph.ports import ConfigError
from store import yamltree
from store.playbook_check import name_of, understand
from store.yamltree import Problem

PLACEHOLDER = "CHANGEME"
"""What every value of the template contains that a company must replace."""


def load(path: Path) -> Playbook:
    """Read a playbook. Raises ConfigError listing every problem with its line."""
    return _playbook(path, _text(path))


def problems(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a playbook, in the order of its lines."""
    return understand(text)[1]


def placeholders(text: str) -> tuple[Problem, ...]:
    """The values of the template that still wait for the company's own."""
    tree = yamltree.read(text)
    return tuple(
        Problem(tree.value_line(path), f"{name_of(path)} is still a placeholder")
        for path in tree.value_lines
        if PLACEHOLDER in str(tree.get(*path)).upper()
    )


def version(text: str) -> str:
    """A short hash that names exactly this text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def init_text(company: str = f"{PLACEHOLDER} Ltd") -> str:
    """A complete playbook to start from, explained in its comments."""
    template = resources.files("store").joinpath("playbook.yaml").read_text(encoding="utf-8")
    quoted = yaml.safe_dump(company, default_style='"', allow_unicode=True, width=10_000)
    return template.replace(f'"{PLACEHOLDER} Ltd"', quoted.strip(), 1)


class PlaybookFile:
    """The playbook now in force: called, it reads the file again where that changed.

    While a changed file is wrong the last good one stays in force and ``trouble`` says
    why; ``version`` names the text in force. Raises ConfigError only where no good one was
    ever read.
    """

    def __init__(self, path: Path) -> None:
        self.trouble: str | None = None
        self.version: str | None = None
        self._path = path
        self._lock = Lock()
        self._seen: object = None
        self._good: Playbook | None = None

    def __call__(self) -> Playbook:
        with self._lock:
            seen = self._signature()
            if self._good is not None and seen == self._seen:
                return self._good
            good, self._seen = self._reloaded(), seen
            return good

    def _signature(self) -> object:
        try:
            stat = self._path.stat()
        except OSError as error:
            return error.errno
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _reloaded(self) -> Playbook:
        try:
            text = _text(self._path)
            self._good = _playbook(self._path, text)
        except ConfigError as error:
            self.trouble = str(error)
            if self._good is None:
                raise
        else:
            self.version, self.trouble = version(text), None
        return self._good


def _playbook(path: Path, text: str) -> Playbook:
    playbook, found = understand(text)
    if playbook is None:
        listed = "".join(f"\n  line {p.line}: {p.message}" for p in found)
        raise ConfigError(f"the playbook {path} is wrong:{listed}")
    return playbook


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(
            f"the playbook {path} cannot be read ({error.strerror}):"
            " `deskhand playbook init` writes one"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"the playbook {path} is not UTF-8 ({error}): save it as UTF-8") from None


# --- showing ----------------------------------------------------------------------


def show(playbook: Playbook) -> str:
    """The playbook as a Markdown document for people who do not read YAML."""
    parts = [
        f"# Playbook of {playbook.company}",
        _people(playbook),
        "## Order types",
        "The first that fits decides how far an order goes by itself: `shadow` works silently,"
        " `draft` asks the desk, `auto` books what is clean.",
        _table(
            ("#", "order type", "when", "stage"),
            [
                (str(n), t.name, _when(t.when), t.stage)
                for n, t in enumerate(playbook.order_types, start=1)
            ],
        ),
        "## Exceptions",
        _table(
            ("exception", "action", "owner", "deputy", "threshold", "remind", "escalate"),
            [(kind.replace("_", " "), *_rule(playbook, kind)) for kind in FINDING_TYPES],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _people(playbook: Playbook) -> str:
    channels, baseline = playbook.channels, playbook.baseline
    facts = {
        "Owner": f"{playbook.owner.name} ({playbook.owner.slack})",
        "Desk": ", ".join(playbook.desk),
        "Channels": f"desk {channels.desk}, digest {channels.digest or 'not named'}",
        "Own mail domains": ", ".join(playbook.own_domains) or "none named",
        "Time zone and currency": f"{playbook.timezone}, {playbook.currency}",
        "Go-live": str(playbook.go_live or "not decided"),
        "Baseline": _baseline(baseline) if baseline else "not measured",
    }
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _baseline(baseline: Baseline) -> str:
    given = baseline.model_dump(exclude_none=True)
    return ", ".join(f"{name.replace('_', ' ')} {figure}" for name, figure in given.items())


def _when(when: When) -> str:
    given = when.model_dump(exclude_none=True)
    words = {name: ", ".join(v) if isinstance(v, tuple) else str(v) for name, v in given.items()}
    return "; ".join(f"{n} {w}".replace("_", " ") for n, w in words.items()) or "everything else"


def _rule(playbook: Playbook, kind: FindingType) -> tuple[str, ...]:
    rule = playbook.rule(kind)
    action = rule.action if kind in playbook.exceptions else f"{rule.action} (nobody decided)"
    figures = (rule.owner, rule.deputy, rule.threshold)
    return (
        action,
        *("" if figure is None else str(figure) for figure in figures),
        _span(rule.remind_after),
        _span(rule.escalate_after),
    )


def _span(duration: timedelta | None) -> str:
    """A duration as the playbook writes it: ``2h``."""
    minutes = int(duration.total_seconds()) // 60 if duration is not None else None
    if minutes is None:
        return ""
    for unit, size in (("w", 10080), ("d", 1440), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(c.replace('|', '/') for c in line)} |" for line in lines)
