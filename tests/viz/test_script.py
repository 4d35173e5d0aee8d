"""Modules joined to one script."""

import pytest

from viz.script import join_modules

B = "export const b = 1;\nexport async function wait() {}\nexport class Kept {}\nconst own = 2;\n"


def test_names_of_one_module_are_not_seen_in_another():
    joined = join_modules({"a.js": 'import { b } from "./b.js";\nconst own = b;\n', "b.js": B}, "a.js")
    assert joined.index("const b_js") < joined.index("const a_js")
    assert joined.count("const own") == 2
    assert "return { b, wait, Kept };" in joined
    assert "import " not in joined
    assert "export " not in joined


@pytest.mark.parametrize(
    ("modules", "told"),
    [
        ({"a.js": 'import { c } from "./b.js";\n', "b.js": B}, "does not export 'c'"),
        ({"a.js": 'import { b } from "./c.js";\n'}, "no module 'c.js'"),
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n'}, "circle"),
        ({"a.js": 'import b from "./b.js";\n', "b.js": B}, "no form that can be joined"),
        ({"a.js": "export default 1;\n"}, "no form that can be joined"),
        ({}, "no module 'a.js'"),
    ],
)
def test_what_cannot_be_joined_is_refused(modules, told):
    with pytest.raises(ValueError, match=told):
        join_modules(modules, "a.js")
