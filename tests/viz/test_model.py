import networkx as nx
import pytest

from viz.model import check_graph, sorted_nodes


def small() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("d", kind="decision", label="222/QĐ-TTg")
    graph.add_node("p", kind="plan", label="Kế hoạch 2025-02", province="Lai Châu")
    graph.add_node("t", kind="task", label="Đánh giá hiện trạng thực hiện kinh tế tuần hoàn", province="Lai Châu")
    graph.add_node("a", kind="agency", label="Sở Công Thương", province="Lai Châu", load=1)
    graph.add_edge("p", "d", role="implements")
    graph.add_edge("p", "t", role="contains")
    graph.add_edge("t", "a", role="lead")
    return graph


def test_a_graph_that_keeps_its_promises_passes() -> None:
    check_graph(small())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda g: g.nodes["a"].update(kind="office"), "kind is 'office'"),
        (lambda g: g.nodes["a"].update(label=None), "label is None"),
        (lambda g: g.add_edge("t", "a", role="advise"), "role is 'advise'"),
        (lambda g: g.add_edge("d", "p", role="implements"), "implements from decision to plan"),
        (lambda g: g.add_edge("a", "t", role="lead"), "lead from agency to task"),
        (lambda g: g.add_edge("p", "t", role="contains"), "contained in 2 plans"),
        (lambda g: g.remove_edge("p", "t"), "contained in 0 plans"),
    ],
)
def test_a_broken_promise_is_named(change, message: str) -> None:
    graph = small()
    change(graph)
    with pytest.raises(ValueError, match=message):
        check_graph(graph)


def test_the_order_of_nodes_does_not_depend_on_when_they_came() -> None:
    graph = small()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    assert sorted_nodes(turned) == sorted_nodes(graph) == ["d", "p", "t", "a"]
