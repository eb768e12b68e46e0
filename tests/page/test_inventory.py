"""Every control of a page is found, with its words, whatever the page does to its own means; and who could see it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from autofill.page.inventory import Inventory, PageControl, inventory_of


async def read(page: Page, html: str) -> dict[str, PageControl]:
    """The controls of a page by their name attribute."""
    await page.set_content(html)
    return {control.html_name: control for control in (await inventory_of(page)).controls}


async def test_a_control_has_its_words_and_limits(shared: Page) -> None:
    found = await read(
        shared,
        """<h2>Write to us</h2><form id=f action=/go method=post>
        <fieldset><legend>You</legend><label for=a>Name *</label>
        <input id=a name=n class="big wide" required maxlength=30 pattern="[A-Z].*"
          autocomplete="section-x name"></fieldset>
        <label>Topic <select name=t><option value=1>Bill<option value=2>Order</select></label>
        <p id=help>Not a number plate</p><input name=d type=date min=2024-01-01 max=2025-01-01 aria-label=Day
          aria-describedby=help readonly>
        <input name=o list=l placeholder=City><datalist id=l><option value=Oslo><option value=Bergen></datalist>
        <input name=hid type=hidden><button name=go>Send it</button></form>""",
    )

    name, topic, day, city, go = (found[key] for key in ("n", "t", "d", "o", "go"))
    assert (name.name, name.name_from, name.label, name.label_from) == ("Name *", "label", "Name *", "for")
    assert (name.role, name.type, name.legend, name.heading) == ("textbox", "text", "You", "Write to us")
    assert (name.required, name.maxlength, name.pattern, name.autocomplete) == (True, 30, "[A-Z].*", "section-x name")
    assert (name.html_id, name.classes, name.place, name.frame, name.form) == ("a", "big wide", 0, 0, 0)
    assert (topic.label, topic.label_from, topic.role) == ("Topic", "around", "combobox")
    assert [(option.text, option.value) for option in topic.options] == [("Bill", "1"), ("Order", "2")]
    assert (day.name, day.minimum, day.maximum, day.readonly) == ("Day", "2024-01-01", "2025-01-01", True)
    assert day.description == "Not a number plate"
    assert (city.name, city.name_from, city.role) == ("City", "placeholder", "combobox")
    assert [option.value for option in city.options] == ["Oslo", "Bergen"]
    assert (go.role, go.name, go.place) == ("button", "Send it", -1)
    assert "hid" not in found
    assert city.place == 3


async def test_text_near_a_control_is_told_by_where_it_is(shared: Page) -> None:
    found = await read(
        shared,
        """<style>* { font: 16px sans-serif }</style>
        <p>E-mail <input name=beside></p><p>Phone<br><input name=under></p>
        <table><tr><th>First<th>Last</tr><tr><td><input name=c1><td><input name=c2></tr>
        <tr><td>Town</td><td><input name=r></td></tr></table>
        <dl><dt>Street</dt><dd><input name=dd></dd></dl>
        <label for=z>Other's label</label> <input name=between> <input id=z name=z>""",
    )

    assert (found["beside"].before, found["beside"].left) == ("E-mail", "E-mail")
    assert (found["under"].above, found["under"].left) == ("Phone", "")
    assert (found["c1"].column_head, found["c2"].column_head, found["r"].row_head) == ("First", "Last", "Town")
    assert found["dd"].row_head == "Street"
    assert "Other's label" not in (found["between"].before, found["between"].left)


async def test_a_label_that_is_for_nothing_is_that_of_what_stands_alone_with_it(shared: Page) -> None:
    """As people read it; a box has its own words, and what is named already needs no others."""
    found = await read(
        shared,
        """<div><label>Phone <b>*</b></label><div><input name=a placeholder=0123></div></div>
        <div><label for=gone>E-mail</label><input name=b></div>
        <p><label>Town</label> <input name=c> <label>Street</label> <input name=d></p>
        <p><label>Site</label></p><p hidden><input name=hid></p><span><input name=e></span>
        <div><label>Age</label><label for=f>Years</label><input id=f name=f></div>
        <div><label>Terms</label><input type=checkbox name=g></div>
        <p><input name=h> <label>Code</label> <input name=i> <label>Key</label></p>
        <p><label>First</label> <label>Last</label> <input name=j> <input name=k></p>""",
    )
    labels = {name: (each.label, each.label_from) for name, each in found.items()}

    assert labels == {
        "a": ("Phone *", "beside"), "b": ("E-mail", "beside"), "c": ("Town", "beside"), "d": ("Street", "beside"),
        "hid": ("", ""), "e": ("Site", "beside"), "f": ("Years", "for"), "g": ("", ""), "h": ("", ""), "i": ("", ""),
        "j": ("", ""), "k": ("", ""),
    }  # fmt: skip
    assert (found["a"].name, found["a"].name_from) == ("0123", "placeholder")  # as browsers tell it


async def test_a_button_is_called_as_it_reads_and_not_as_what_it_sends(shared: Page) -> None:
    html = """<form><input name=a><button name=b value=wp-send><span>Send it</span></button>
    <button name=c value=x><img alt=Go></button><input type=submit name=d value=OK></form>"""
    found = await read(shared, html)

    assert [found[name].name for name in "bcd"] == ["Send it", "Go", "OK"]
    assert (await inventory_of(shared)).forms[0].leads == ("Send it", "Go", "OK")


async def test_help_in_a_label_and_what_a_card_says_below_its_title_are_no_part_of_the_name(shared: Page) -> None:
    found = await read(
        shared,
        """<label>Name <button type=button aria-label=Help>?</button> <input name=n></label>
        <label><input type=radio name=o> <b>Order</b><br><small>Delivery, returns</small></label>
        <label><input type=radio name=w> Weekly newspaper<br>of the town</label>
        <table><tr><th>First<th>Last<tr><td><input name=f><td><input name=l></table>""",
    )

    assert [found[each].label for each in "now"] == ["Name", "Order", "Weekly newspaper of the town"]
    assert [(found[each].column_head, found[each].before) for each in "fl"] == [("First", ""), ("Last", "")]


async def test_a_mark_alone_is_not_the_nearest_text(shared: Page) -> None:
    found = await read(shared, "<div>Your town <span style='color: red'>*</span><br><input name=a></div>")

    assert found["a"].above == "Your town"


async def test_what_a_person_typed_is_not_in_it(shared: Page) -> None:
    await shared.set_content("<input name=a value='Your name'><textarea name=b></textarea>")
    await shared.locator("[name=a]").fill("Ada Lovelace")
    await shared.locator("[name=b]").fill("A secret")
    inventory = await inventory_of(shared)

    assert inventory.controls[0].preset == "Your name"
    assert "Ada" not in str(inventory)
    assert "secret" not in str(inventory)


async def test_widgets_are_controls_by_what_they_are_for(shared: Page) -> None:
    await shared.set_content(
        """<div role=combobox aria-label=Topic tabindex=0 aria-controls=list>Choose</div>
        <ul id=list role=listbox aria-label=List><li role=option>One<li role=option>Two</ul>
        <div role=combobox><input aria-label=Inner></div><div contenteditable aria-label=Message></div>
        <span role=switch aria-checked=true aria-label=On></span><div role=slider aria-label=Size></div>
        <div role=checkbox tabindex=0><i aria-hidden=true><input type=checkbox style=display:none></i>I agree</div>
        <div role=checkbox tabindex=0><input type=checkbox aria-label=News></div>"""
    )
    found = {control.name: control for control in (await inventory_of(shared)).controls}

    assert {name: control.role for name, control in found.items()} == {
        "Topic": "combobox",
        "List": "listbox",
        "Inner": "textbox",
        "Message": "textbox",
        "On": "switch",
        "Size": "slider",
        "I agree": "checkbox",
        "News": "checkbox",
    }
    assert (found["I agree"].tag, found["News"].tag) == ("div", "input")
    assert [option.text for option in found["Topic"].options] == ["One", "Two"]
    assert found["On"].ticked


@pytest.mark.parametrize(
    "html",
    [
        "<form><input name=id><input name=x></form>",
        "<form><input name=className><input name=getAttribute></form>",
        "<form><input name=querySelectorAll><input name=textContent></form>",
        "<form><input name=firstChild><input name=parentElement></form>",
        "<form><input name=tagName><input name=nodeType></form>",
        "<form><input name=closest><input name=children></form>",
        "<img name=documentElement><form><input name=a><input name=b></form>",
        "<script>Array.prototype.filter = function () { return [] }</script><form><input name=a><input name=b></form>",
        "<script>Array.prototype.map = () => { throw 1 }</script><form><input name=a><input name=b></form>",
        "<script>Object.prototype.toJSON = () => 1</script><form><input name=a><input name=b></form>",
        "<script>Array.prototype.toJSON = () => 'x'</script><form><input name=a><input name=b></form>",
    ],
)
async def test_a_page_that_damages_its_own_means_is_read_all_the_same(html: str, shared: Page) -> None:
    await shared.goto("about:blank")
    found = await read(shared, html.replace("<input ", "<input aria-label=Word "))

    assert len(found) == 2
    assert {control.name for control in found.values()} == {"Word"}


async def test_open_shadow_roots_are_read_in_their_place(shared: Page) -> None:
    await shared.set_content(
        """<input name=first><x-a><b>slotted</b></x-a><input name=last><script>
        customElements.define('x-c', class extends HTMLElement { constructor() { super();
          this.attachShadow({mode: 'open'}).innerHTML =
            '<label for=i>Message</label><textarea id=i name=deep></textarea>'
        }});
        customElements.define('x-a', class extends HTMLElement { constructor() { super();
          this.attachShadow({mode: 'open'}).innerHTML = '<label>E-mail <input name=in></label><x-c></x-c><slot></slot>'
        }})</script>"""
    )
    controls = (await inventory_of(shared)).controls

    assert [(c.html_name, c.label, c.shadow, c.place) for c in controls] == [
        ("first", "", False, 0),
        ("in", "E-mail", True, -1),
        ("deep", "Message", True, -1),
        ("last", "", False, 1),
    ]


SLOTTED = """<form id=f><my-field><span slot=label>I agree</span></my-field>
<my-group><b role=radio name=r aria-checked=false>Email</b></my-group></form><script>
const define = (name, html) => customElements.define(name, class extends HTMLElement {
  connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = html; }
});
define('my-field', '<label><input name=a type=checkbox><slot name=label>Nothing</slot></label>');
define('my-group', '<fieldset><legend>Reply by</legend><slot></slot></fieldset>');</script>"""


async def test_what_a_slot_shows_belongs_to_what_is_around_it(shared: Page) -> None:
    """Words of a label, the group, and the form."""
    found = await read(shared, SLOTTED)

    assert (found["a"].name, found["a"].name_from, found["a"].form) == ("I agree", "label", 0)
    assert (found["r"].name, found["r"].type, found["r"].legend, found["r"].form) == ("Email", "radio", "Reply by", 0)


async def test_what_opens_a_list_can_be_used_although_nothing_is_typed_there(shared: Page) -> None:
    found = await read(
        shared,
        "<input name=a readonly aria-haspopup=listbox><input name=b readonly role=combobox><input name=c readonly>"
        "<button name=d role=radio>Email</button>",
    )

    assert [found[key].usable for key in "abcd"] == [True, True, False, True]
    assert (found["a"].role, found["d"].type, found["d"].name) == ("combobox", "radio", "Email")


async def test_the_parts_of_a_widget_are_no_questions_and_what_it_shows_is_no_name(shared: Page) -> None:
    await shared.set_content(
        """<button role=menuitem aria-haspopup=true>File</button><button role=tab>Bold</button>
        <span id=l>Reason</span><button id=b role=combobox aria-labelledby="l b">Choose</button>
        <label for=s>Outcome</label><span id=s role=combobox tabindex=0 aria-label=Choose>Choose</span>
        <div role=listbox aria-label=Reasons><div role=option><input type=checkbox aria-label=Late></div></div>
        <div role=checkbox tabindex=0 aria-label=News><input type=checkbox hidden aria-label=Behind>x</div>
        <label for=g>What happened</label><p id=g><label><input type=checkbox value=Lost>Lost</label></p>"""
    )
    found = {control.name: control for control in (await inventory_of(shared)).controls}

    assert {name: control.role for name, control in found.items() if control.usable} == {
        "Reason": "combobox",
        "Outcome": "combobox",
        "Reasons": "listbox",
        "News": "checkbox",
        "Lost": "checkbox",
    }
    assert (found["File"].role, found["Bold"].role) == ("button", "button")
    assert (found["Outcome"].label_from, found["Lost"].legend) == ("for", "What happened")


async def test_what_is_drawn_in_place_of_a_native_control_is_asked_as_that_is(shared: Page) -> None:
    await shared.set_content(
        """<label for=a>Reason</label><select id=a hidden required><option>&lt;b&gt;Late&lt;/b&gt;</select>
        <span><span role=combobox tabindex=0>Choose</span><input type=search aria-label=Find hidden></span>
        <label for=b>Cause</label><div role=listbox tabindex=0><select id=b hidden><option>Late</select>Late</div>
        <label for=c>Message</label><textarea id=c hidden></textarea>
        <div><button role=menuitem>File</button><div contenteditable aria-label=Editor>x</div></div>
        <label for=d>Remarks</label><textarea id=d hidden></textarea>
        <div><iframe srcdoc='<body contenteditable aria-label=Area>'></iframe></div>
        <div><label for=e>Trap</label><select id=e hidden><option>Ohio</select></div><label>City <input></label>"""
    )
    await shared.frame_locator("iframe").locator("body").wait_for()
    found = {control.name: control for control in (await inventory_of(shared)).controls}

    assert {name for name, control in found.items() if control.usable} == {
        "Reason", "Cause", "Message", "Remarks", "City"
    }  # fmt: skip
    assert set(found) - {"Reason", "Cause", "Message", "Remarks", "City"} == {"Trap"}
    assert (found["Reason"].required, [each.text for each in found["Reason"].options]) == (True, ["Late"])


async def test_what_opens_a_calendar_takes_a_day_although_nothing_is_typed_there(shared: Page) -> None:
    """By its code, by a picture beside it, by how a day is written there, or as there is no other way to fill it."""
    found = await read(
        shared,
        """<label>Lost on <input name=a class='field hasDatepicker' readonly></label>
        <p><label>Lost on <input name=b readonly></label><button type=button><i class=icon-calendar></i></button>
        <p><label>Geboren <input name=c readonly placeholder=TT.MM.JJJJ></label>
        <p><label for=d>날짜</label><button type=button name=d id=d aria-haspopup=dialog>선택</button>
        <p><label>Date of loss <input name=e readonly required></label>
        <p><label>Date of reply <input name=f readonly></label>
        <p><label>Valid until <input name=g readonly required value='December 2026'></label>
        <p><label>Colour <input name=h class=color-picker readonly></label>
        <p><label>Arrival time <input name=i class=time-picker readonly></label>
        <p><label>Last update <input name=j class=update-info readonly></label>
        <p><label for=k>Terms</label><button type=button name=k id=k aria-haspopup=dialog>Read</button>""",
    )

    days = [key for key, control in found.items() if control.type == "date" and control.usable]
    assert days == ["a", "b", "c", "d", "e"]
    assert [found[key].name for key in ("d", "k")] == ["날짜", "Terms"]


async def test_frames_are_read_each_by_itself(shared: Page) -> None:
    """Of the same site, sandboxed, one in another, and one that nobody sees."""
    await shared.set_content(
        """<body style="margin: 0"><input name=top><br>
        <iframe name=same style="position: absolute; left: 50px; top: 100px; border: 0"
          srcdoc="<body style='margin: 0'><input name=a><iframe sandbox srcdoc='<input name=b>'></iframe>"></iframe>
        <iframe title=Apart sandbox srcdoc="<label>Town <input name=c></label>"></iframe>
        <iframe style="opacity: 0" srcdoc="<input name=d>"></iframe>"""
    )
    inventory = await inventory_of(shared)
    found = {control.html_name: control for control in inventory.controls}

    assert set(found) == {"top", "a", "b", "c", "d"}
    assert [found["top"].frame, inventory.frames[found["a"].frame].name] == [0, "same"]
    assert inventory.frames[found["c"].frame].title == "Apart"
    assert found["a"].box[:2] == (50, 100)
    assert found["b"].visible
    assert found["d"].hidden == ("frame transparent",)


TRICKS = {
    "not displayed": '<input name=t style="display:none">',
    "around not displayed": '<div style="display:none"><input name=t></div>',
    "invisible": '<input name=t style="visibility:hidden">',
    "transparent": '<input name=t style="opacity:0">',
    "around transparent": '<div style="opacity:0"><input name=t></div>',
    "far left": '<div style="position:absolute;left:-9999px"><label>Email <input name=t></label></div>',
    "far up": '<div style="position:absolute;top:-9999px"><input name=t></div>',
    "moved away": '<div style="transform:translateX(-9999px)"><input name=t></div>',
    "no height": '<div style="height:0;overflow:hidden"><input name=t></div>',
    "one pixel": '<div style="width:1px;height:1px;overflow:hidden"><input name=t></div>',
    "no size": '<input name=t style="width:0;height:0;border:0;padding:0">',
    "clip": '<div style="position:absolute;clip:rect(0,0,0,0)"><input name=t></div>',
    "clip-path 100": '<div style="clip-path:inset(100%)"><input name=t></div>',
    "clip-path 50": '<div style="clip-path:inset(50%)"><input name=t></div>',
    "circle": '<div style="clip-path:circle(0)"><input name=t></div>',
    "scale": '<div style="transform:scale(0)"><input name=t></div>',
    "scale in a style sheet": "<style>.sc{transform:scale(0)}</style><div class=sc><input name=t></div>",
    "white on white": '<input name=t style="color:#fff;background:#fff;border:0">',
    "hidden attribute": "<div hidden><input name=t></div>",
    "closed details": "<details><summary>x</summary><input name=t></details>",
    "hidden from screen readers": "<div aria-hidden=true><input name=t tabindex=-1></div>",
    "content-visibility": '<div style="content-visibility:hidden"><input name=t></div>',
    "filter": '<div style="filter:opacity(0)"><input name=t></div>',
    "max-height": '<div style="max-height:0;overflow:hidden"><input name=t></div>',
    "almost transparent": '<input name=t style="pointer-events:none;opacity:.01">',
    "inert": "<div inert><input name=t></div>",
    "scrolled out": '<div style="overflow:hidden;height:40px"><p style="height:90px">x<p><input name=t></div>',
}


@pytest.mark.parametrize("trick", TRICKS)
async def test_what_nobody_can_see_is_told_with_the_reason(trick: str, shared: Page) -> None:
    found = await read(shared, f"<form><label>Name <input name=ok></label>{TRICKS[trick]}</form>")

    assert found["ok"].visible
    assert found["ok"].usable
    assert found["t"].hidden != ()


async def test_a_page_without_controls_has_an_empty_inventory(shared: Page) -> None:
    await shared.set_content("<p>Nothing here")

    assert (await inventory_of(shared)).controls == Inventory().controls
