# ruff: noqa: E501, SIM905  (a list of words is easier to read and to extend as words)
"""Words of a command line: whether an option takes the next one as its value, and whether one is the name of a file."""

from __future__ import annotations

import re

from ..identifier import words
from ..pattern import pattern
from ..programs import VALUED

_VALUED = frozenset(
    "namespace context cluster kubeconfig selector container output message author title body repo label labels assignee "
    "milestone type since until timeout filename values set version lang language sub-lang directory dir file path prefix "
    "limit state base head target host port project region profile zone query filter image volume env workdir user entrypoint "
    "data header url proxy user-agent field-selector sort-by replicas overrides config add-label remove-label".split()
)
"""Long options that have a value in every program that has them."""

_NAME = pattern(r"\w+")


def takes_value(program: str, option: str, source: str) -> bool:
    """Whether the word behind ``option`` is its value: known of the option, or told by the name of what is put there
    (``--sub-lang`` before ``lang``, ``-n`` before ``namespace``). Many options of git have a value or none."""
    if option in VALUED.get(program, ()):
        return True
    if program == "git":
        return not _OF_GIT.get(option, frozenset()).isdisjoint(_called(source))
    name = option.lstrip("-").lower()
    if name in _VALUED and option.startswith("--"):
        return True
    called = _called(source)
    if len(name) == 1:
        return any(word.startswith(name) for word in called)
    wanted = set(re.split(r"[-_]", name))
    return any(word in wanted or word.rstrip("s") in wanted or word + "s" in wanted for word in called)


_OF_GIT = {
    "-m": frozenset("message msg text body comment title subject description".split()),
    "-b": frozenset(("branch",)), "-B": frozenset(("branch",)), "-c": frozenset(("branch",)),
    "-n": frozenset("number count limit max n lines commits".split()), "-F": frozenset(("file", "path")),
    "-C": frozenset("path dir directory cwd repo repository folder root".split()),
    "-o": frozenset(("origin", "option")),
}  # fmt: skip
"""Options that have a value in some commands of git and none in others: they have one named so."""


def _called(source: str) -> tuple[str, ...]:
    named = _NAME.findall(source)
    return words(named[-1]) if named else ()


_FILE_OPTIONS = {
    "kubectl": frozenset("-f --filename --from-file --from-env-file --patch-file --kubeconfig".split()),
    "oc": frozenset("-f --filename --from-file --from-env-file --patch-file --kubeconfig".split()),
    "helm": frozenset("-f --values --set-file --kubeconfig".split()),
    "docker": frozenset("-f --file --env-file --label-file".split()),
    "curl": frozenset("-T --upload-file -K --config -o --output -b --cookie".split()),
    "gh": frozenset("-F --body-file --input".split()),
    "git": frozenset("-F --file --git-dir --work-tree".split()),
    "tar": frozenset("-f --file -C --directory".split()),
    "ffmpeg": frozenset(("-i",)),
    "psql": frozenset("-f --file -o --output".split()),
}
"""Options of programs whose value is a file they read or write."""

_FILES = frozenset("path paths file files filename filenames filepath filepaths dir directory folder".split())
_OF_FILES = _FILES | {"input", "output", "out", "config"}
"""Options that most programs mean a file by, where the argument is called one too."""
_ELSEWHERE = frozenset("remote container device pod sandbox branch url key".split())
_OF_REPOSITORIES = frozenset(("git", "hg", "svn", "gh", "glab"))


def takes_file(program: str, option: str, source: str) -> bool:
    """Whether what stands there is the name of a file on this machine: by the option before it, or by what the
    argument is called (``filePath``, ``output_dir``), or by both where the program is not known. Programs of
    repositories take names of files inside of one."""
    known = _FILE_OPTIONS.get(program.removesuffix(".exe"))
    if option and (known is not None or option.lstrip("-") not in _OF_FILES):
        return option in (known or ())
    called = _called(source)
    if program in _OF_REPOSITORIES or not called or not _ELSEWHERE.isdisjoint(called):
        return False
    return called[-1] in _FILES or (len(called) > 1 and "".join(called[-2:]) in _FILES)
