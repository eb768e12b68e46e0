"""A snapshot has one document for the page and one for each frame, and names what stands in them."""

from __future__ import annotations

from playwright.async_api import Page

from autofill.page.snapshot import documents_in, snapshot


async def test_documents_nodes_and_attributes_are_named(page: Page) -> None:
    """Lines of text with their whole, values, selected options, and frames with their area."""
    await page.set_content(
        """<body style="margin: 0"><p style="width: 80px">Several \N{GRINNING FACE} words here</p>
        <input value="typed" data-part="2"><select><option>One<option selected>Two</select>
        <iframe srcdoc="Framed" style="border: 0; width: 50px; height: 40px; position: absolute; left: 7px; top: 300px
        ">"""
    )
    await page.frames[-1].wait_for_load_state()
    first, second = documents_in(await snapshot(await page.context.new_cdp_session(page)))
    assert [(line.strip(), whole) for _node, line, _area, whole in first.lines() if "S" in whole] == [
        (line, "Several \N{GRINNING FACE} words here") for line in ("Several", "\N{GRINNING FACE} words", "here")
    ]
    ((node, value),) = first.values()
    assert (first.name(node), value, first.attribute(node, "data-part"), first.attribute(node, "id")) == (
        "INPUT",
        "typed",
        "2",
        None,
    )
    assert [
        (first.name(first.owner(option, "SELECT")), text, selected) for option, text, selected in first.options()
    ] == [("SELECT", "Two", True)]
    assert [(number, first.drawn[node]) for number, node in first.frames()] == [(1, (7, 300, 50, 40))]
    assert [line for _node, line, _area, _whole in second.lines()] == ["Framed"]
    assert [first.is_frame(node) for node in first.named("IFRAME")] == [True]


async def test_a_drawn_dot_is_where_it_is_drawn_and_nowhere_else(page: Page) -> None:
    """Its box of text is empty, in the corner of the page; everything between would seem to be under the dot."""
    await page.set_content(
        """<style>i { position: absolute; left: 30px; top: 200px; width: 20px; height: 20px }
        i::after { content: ""; position: absolute; inset: 4px; background: navy }</style><i></i>"""
    )
    (only,) = documents_in(await snapshot(await page.context.new_cdp_session(page)))
    assert [only.drawn[node] for node in only.drawn if only.name(node) == "::after"] == [(34, 204, 12, 12)]
