"""The inferences of ontology/mandategraph.ttl as SPARQL, for graphs that are too large for a reasoner.

Reads: a store with documents, what is inferred, and the vocabulary. Gives: the statements that follow, in a graph of
their own, each rule apart. `docs/decisions/0007-reasoning.md` tells which axiom each rule stands for; a test holds both
to the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.graph.namespaces import BASE, MG_BASE

ENTAILED = NamedNode(BASE + "graph/entailed")
_PREFIXES = f"PREFIX mg: <{MG_BASE}> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One inference: ``?s mg:{term} ?o`` wherever ``pattern`` holds.

    ``axiom`` tells that the vocabulary says the same in OWL; without it, only the rule can (it compares dates or joins
    two ways, which OWL cannot). ``vi`` and ``en`` tell a researcher what it gives.
    """

    term: str
    pattern: str
    vi: str
    en: str
    axiom: bool = True

    @property
    def query(self) -> str:
        """The rule as a CONSTRUCT query."""
        return f"{_PREFIXES} CONSTRUCT {{ ?s mg:{self.term} ?o }} WHERE {{ {self.pattern} }}"


def _existing(kind: str, date: str) -> str:
    """Tell that a kind may exist at a date that may be a year or a month only: as ``registry.may_hold``."""
    return (
        f"OPTIONAL {{ {kind} mg:validFrom ?begin }} OPTIONAL {{ {kind} mg:validTo ?end }} "
        f"FILTER((!BOUND(?begin) || STR({date}) >= SUBSTR(STR(?begin), 1, STRLEN(STR({date})))) "
        f"&& (!BOUND(?end) || STR({date}) <= SUBSTR(STR(?end), 1, STRLEN(STR({date})))))"
    )


RULES: tuple[Rule, ...] = (
    Rule(
        term="succeededBy", pattern="?s dcterms:isReplacedBy+ ?o",
        vi="Kế thừa qua nhiều lần sắp xếp.", en="Successions over several reorganisations.",
    ),
    Rule(
        term="heirKind", pattern="?s mg:leadKind/dcterms:isReplacedBy+ ?o",
        vi="Việc chủ trì này có thể về loại cơ quan nào.", en="Which kind may inherit the lead of a task.",
    ),
    Rule(
        term="memberKind", pattern="?s mg:kind/mg:comprises ?o",
        vi="Nhóm này chắc chắn gồm những loại cơ quan nào.", en="Which kinds are in a group for certain.",
    ),
    Rule(
        term="involvedKind",
        pattern="?s mg:leadAgency|mg:partnerAgency|mg:responsibleAgency ?group . ?group mg:kind/mg:comprises ?o",
        vi="Loại cơ quan có việc vì nhóm của nó được giao.", en="Which kinds are concerned because their group is charged.",
    ),
    Rule(
        term="effectiveRole", pattern="?s mg:role/mg:impliesRole* ?o",
        vi="Vai trò được giao và vai trò kéo theo.", en="The role given and the roles that it implies.",
    ),
    Rule(
        term="accountableAgency", pattern="?s mg:leadAgency|mg:responsibleAgency ?o",
        vi="Ai phải trả lời về việc này: chủ trì hay thực hiện.", en="Who must answer for the work, as lead or as responsible.",
    ),
    Rule(
        term="involvedAgency", pattern="?s mg:leadAgency|mg:partnerAgency|mg:responsibleAgency ?o",
        vi="Ai có liên quan, với bất kỳ vai trò nào.", en="Who is involved, in any role.",
    ),
    Rule(
        term="carriesOut", pattern="?s mg:implements+ ?o",
        vi="Văn bản này thực hiện những văn bản nào, qua mọi bậc.", en="What a document carries out, over all levels.",
    ),
    Rule(
        term="carriesOutProgram", pattern="?s mg:implements+/mg:approves ?o",
        vi="Văn bản này thực hiện chương trình nào.", en="Which programme a document carries out.",
    ),
    Rule(
        term="contributesTo", pattern="?s mg:inPlan/mg:implements+ ?o",
        vi="Nhiệm vụ này góp phần thực hiện quyết định nào.", en="Which decision a task or duty helps to carry out.",
    ),
    Rule(
        term="inLineOf", pattern="?s mg:answersTo+ ?o",
        vi="Ngành dọc: các cơ quan ở trên.", en="The line above a kind, over all steps.",
    ),
    Rule(
        term="bodyInLineOf", pattern="?s mg:kind/mg:answersTo+ ?o",
        vi="Cơ quan này thuộc ngành dọc của bộ nào.", en="Whose line a body stands in.",
    ),
    Rule(
        term="underHeading", pattern="?s mg:inGroup/mg:partOf* ?o",
        vi="Mọi đề mục ở trên nhiệm vụ.", en="Every heading above a task.",
    ),
    Rule(
        term="hasMember",
        pattern=(
            "{ SELECT DISTINCT ?s ?o ?kind ?date WHERE { ?assignment mg:agent ?s ; mg:forTask ?work . ?work mg:partOf?/mg:inPlan ?plan . "
            "?plan mg:date ?date . ?s a mg:AgencyGroup ; mg:inProvince ?province ; mg:kind/mg:comprises ?kind . "
            "?o a mg:Agency ; mg:kind ?kind ; mg:inProvince ?province } } " + _existing("?kind", "?date")
        ),
        vi="Cơ quan chắc chắn là thành viên: cùng tỉnh, còn tồn tại vào ngày của văn bản.",
        en="Bodies that are members for certain: of the same province, existing when the document was written.",
        axiom=False,
    ),
)  # fmt: skip


def entail(store: Store, rules: tuple[Rule, ...] = RULES) -> dict[str, tuple[Quad, ...]]:
    """Give what follows by each rule, sorted, in the graph ``…/graph/entailed``; the store is left as it is.

    Rules start from stated facts alone (paths do the chaining), so their order does not matter.
    """
    found = {}
    for rule in rules:
        triples = store.query(rule.query, use_default_graph_as_union=True)
        assert isinstance(triples, QueryTriples)  # noqa: S101 - only CONSTRUCTs are asked here
        found[rule.term] = tuple(sorted({Quad(each.subject, each.predicate, each.object, ENTAILED) for each in triples}, key=str))
    return found
