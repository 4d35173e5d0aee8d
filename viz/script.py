"""The page's own modules as one script: a file opened from disk may not load modules beside it.

Each module is ES with relative imports of names, type-checked as such. Here each becomes a function that is called once, in
the order of their needs, and gives its exports; names of one module are not seen in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{ (?P<names>[^}]*) \} from "\./(?P<module>[\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (?P<name>\w+))", re.MULTILINE)


def join_modules(modules: Mapping[str, str], entry: str) -> str:
    r"""Join the entry and all that it imports.

    Args:
        modules: source by file name.
        entry: file name of the module that starts the page.

    Raises:
        ValueError: a module or a name is missing, imports go in a circle, or a form of import or export that is not
            understood.

    >>> print(join_modules({"a.js": 'import { b } from "./b.js";\nb();', "b.js": "export function b() {}"}, "a.js"))
    (() => {
    "use strict";
    const b_js = (() => {
    function b() {}
    return { b };
    })();
    const a_js = (() => {
    const { b } = b_js;
    b();
    return {  };
    })();
    })();
    <BLANKLINE>
    """
    order: list[str] = []
    _visit(modules, entry, order, ())
    exports = {name: [match["name"] for match in _EXPORT.finditer(modules[name])] for name in order}
    body = "\n".join(_wrap(name, modules[name], exports) for name in order)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def _visit(modules: Mapping[str, str], name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise ValueError(f"imports go in a circle: {' → '.join((*above, name))}")
    if name in order:
        return
    if name not in modules:
        raise ValueError(f"{above[-1] if above else 'page'}: no module {name!r}")
    for match in _IMPORT.finditer(modules[name]):
        _visit(modules, match["module"], order, (*above, name))
    order.append(name)


def _wrap(name: str, source: str, exports: Mapping[str, list[str]]) -> str:
    for match in _IMPORT.finditer(source):
        for wanted in match["names"].split(", "):
            if wanted not in exports[match["module"]]:
                raise ValueError(f"{name}: {match['module']} does not export {wanted!r}")
    text = _IMPORT.sub(lambda match: f"const {{ {match['names']} }} = {_variable(match['module'])};\n", source)
    text = _EXPORT.sub("", text)
    left = re.search(r"^(?:import|export)\b.*", text, re.MULTILINE)
    if left is not None:
        raise ValueError(f'{name}: {left.group()!r} is no form that can be joined; write import {{ a, b }} from "./x.js"')
    return f"const {_variable(name)} = (() => {{\n{text.strip()}\nreturn {{ {', '.join(exports[name])} }};\n}})();"


def _variable(module: str) -> str:
    return re.sub(r"\W", "_", module)
