"""Widgets that scripts draw in place of the browser's own controls: small pages of ours with what such widgets do."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.page.seen import look
from autofill.replay.controls import fill, leave, read_back
from tests.replay.test_behaviours import DAYS, FILES, MONTHS, entered

DOT = "style='position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)'"
# The native list is empty until something was found; one searches in a field that the opened list brings along.
ASKS = f"""<p><label for=s>City</label><select id=s name=city aria-hidden=true tabindex=-1 {DOT}></select>
<span><span role=combobox tabindex=0 aria-haspopup=true aria-labelledby=w id=c><span role=textbox aria-readonly=true
id=w>Choose</span></span></span></p><script type=module>
const found = (text) => {{ s.innerHTML = `<option>${{text}}</option>`; w.textContent = text;
  document.querySelector('#open').remove(); }};
c.onclick = () => {{
  document.querySelector('#open')?.remove();
  document.body.insertAdjacentHTML('beforeend', '<span id=open style="position: absolute"><input type=search>'
    + '<ul role=listbox><li role=option aria-disabled=true>Type a letter</ul></span>');
  const [field, list] = [document.querySelector('#open input'), document.querySelector('#open ul')];
  field.focus();
  field.oninput = () => setTimeout(() => {{
    list.innerHTML = ['Reston', 'Rome'].filter((each) => each.startsWith(field.value))
      .map((each) => `<li role=option>${{each}}`).join('');
    for (const each of list.children) each.onclick = () => found(each.textContent);
  }}, 200);
}};
c.onkeydown = (event) => {{ if (event.key === ' ') c.click(); }};</script>"""
# The label is that of a list which is not drawn; what is chosen is drawn as an option, too.
UNDRAWN = """<label for=s>Reason</label><div><div role=combobox tabindex=-1 aria-haspopup=true aria-expanded=false id=c>
<div id=in><select id=s hidden><option>&lt;b&gt;Late&lt;/b&gt;</select><div role=listbox id=chosen
style='min-height: 1em'></div></div><div hidden id=open><input type=search aria-label=Reason aria-autocomplete=list>
<div role=listbox><div role=option>Late</div><div role=option>Lost</div></div></div></div></div><script type=module>
const open = document.querySelector('#open');
document.querySelector('#in').onclick = () => { open.hidden = false; };
for (const each of open.querySelectorAll('[role=option]')) each.onclick = () => {
  chosen.innerHTML = `<div role=option aria-selected=true>${each.textContent}<button type=button>Remove</button></div>`;
  open.hidden = true;
};</script>"""
# A field without any role that searches a list which is not drawn; what it finds lies over the page, and has no role.
SEARCHES = """<label for=i>Reason</label><select id=s style='display: none'><option value=''><option>Lost
<option>Lost and found</select><div><span id=w></span><input id=i><div id=o style='position: absolute'></div></div>
<p style='position: relative'>Lost</p><script type=module>
i.oninput = () => {
  const fitting = [...s.options].filter((each) => i.value && each.value.startsWith(i.value));
  o.innerHTML = fitting.map(({ value }) => `<div>${value.replace(i.value, '<b>$&</b>')}</div>`).join('');
  for (const each of o.children) each.onclick = () => {
    s.value = w.textContent = each.textContent; i.value = ''; o.innerHTML = '';
  };
};
const [field, found] = [i, o];
i.onblur = () => setTimeout(() => { field.value = ''; found.innerHTML = ''; }, 300);</script>"""
# What the field shows lies over it, and what is clicked is below neither.
COVERED = """<label for=i>Reason</label><div id=b style='position: relative; width: 200px; height: 30px; {0}'>
<div style='{1}'><input id=i role=combobox aria-haspopup=listbox readonly style='width: 150px'></div>
<div id=w style='position: absolute; inset: 0'>Choose</div></div><ul role=listbox id=o hidden><li role=option>Late
<li role=option>Lost</ul><script type=module>b.onclick = () => {{ o.hidden = !o.hidden; }};
for (const each of o.children) each.onclick = () => {{ i.value = w.textContent = each.textContent; o.hidden = true; }};
</script>"""
# A list of several that closes after each.
CLOSES = """<div role=combobox tabindex=0 aria-haspopup=listbox aria-label=Reasons id=c style='height: 20px'></div>
<ul role=listbox id=o hidden aria-multiselectable=true>
<li role=option>Lost<li role=option>Late<li role=option>Wet</ul><script type=module>
c.onclick = () => { o.hidden = !o.hidden; };
for (const each of o.children) each.onclick = () => {
  c.textContent = [c.textContent, each.textContent.trim()].filter(Boolean).join(', '); o.hidden = true;
};</script>"""
# It shows how many were chosen; one was before, and goes.
COUNTS = """<label for=i>Reasons</label><div><input id=i role=combobox aria-haspopup=listbox aria-controls=o readonly
value='1 chosen'></div><ul role=listbox id=o style='display: none' {0}><li role=option aria-selected=false>Lost
<li role=option aria-selected=true>Late<li role=option aria-selected=false>Wet</ul><script type=module>
const list = o;
i.onclick = () => {{ list.style.display = 'block'; }};
i.onkeydown = ({{ key }}) => {{ if (key === 'Escape') list.style.display = 'none'; }};
for (const each of list.children) each.onclick = () => {{
  each.ariaSelected = each.ariaSelected !== 'true';
  i.value = `${{list.querySelectorAll('[aria-selected=true]').length}} chosen`;
}};</script>"""
SAYS_SO = COUNTS.format("aria-multiselectable=true")
SHOWS_SO = COUNTS.format("")
# A button without words opens a dialog of radios, in which something has to end it; the words are beside the button.
ASKS_IN_DIALOG = """<label><div>Reason</div><div aria-hidden=true id=w></div><button type=button aria-haspopup=dialog
aria-label=Reason id=b style='width: 40px; height: 20px'></button></label>
<dialog id=d><p role=radiogroup><button type=button role=radio>Late</button><button type=button role=radio>Lost</button>
</p><button type=button>Cancel</button><button type=button>OK</button></dialog><script type=module>
const [dialog, opener, words] = [d, b, w];
opener.onclick = () => dialog.showModal();
let held = '';
for (const each of dialog.querySelectorAll('button')) each.onclick = () => {
  if (each.role === 'radio') held = each.textContent;
  else { dialog.close(); if (each.textContent === 'OK') words.textContent = held; }
  opener.ariaLabel = [words.textContent, 'Reason'].filter(Boolean).join(', ');
};</script>"""
# What opens it can but have the focus; what holds the list in place has no height.
NAMELESS = """<div><label>Reason</label><div><div tabindex=0 id=c style='height: 20px'></div></div></div>
<div style='position: absolute; height: 0; width: 200px'><div id=o style='position: absolute' hidden><div>Late</div>
<div>Lost</div></div></div><script type=module>
c.onclick = () => { o.hidden = !o.hidden; };
for (const each of o.children) each.onclick = () => {
  c.innerHTML = `${each.textContent} <button type=button aria-label=Remove></button>`; o.hidden = true;
};</script>"""
PRESSED = """<button type=button aria-pressed=false onclick="for (const each of this.parentNode.children)
each.ariaPressed = each === this">"""
ROW = f"<p>Size<div>{PRESSED}Small</button>{PRESSED}Large</button></div><p><label>Name <input></label>"
TOOLBAR = f"<p>Message<div>{PRESSED}Bold</button>{PRESSED}Italic</button></div><div contenteditable>x</div>"
# What is in the second list is chosen; the first button moves all of them.
PAIR = """<fieldset><legend>Reasons</legend><select multiple id=a aria-label=Offered><option>Late<option>Lost<option>Wet
<option>Torn</select><button type=button>All</button><button type=button>Add</button><button type=button>Remove</button>
<select multiple id=b aria-label=Chosen></select></fieldset><script type=module>
const [first, second] = [a, b];
const [every, add, remove] = document.querySelectorAll('button');
every.onclick = () => second.append(...first.options);
add.onclick = () => second.append(...first.selectedOptions);
remove.onclick = () => first.append(...second.selectedOptions);</script>"""
# A field in which nobody can type opens a list at a click; some of its choices open a second one.
STEPWISE = """<label>Place <input id=i readonly></label><div id=o style='position: absolute' hidden></div>
<script type=module>const places = { Hall: ['Desk', 'Door'], Yard: ['Gate'] };
const draw = (names, before) => { for (const name of names) {
  o.insertAdjacentHTML('beforeend', `<div>${name}</div>`);
  o.lastChild.onclick = () => {
    if (places[name]) draw(places[name], `${name} / `);
    else { i.value = before + name; o.hidden = true; }
  };
} };
const list = o;
i.onclick = () => { list.innerHTML = ''; list.hidden = false; draw(Object.keys(places), ''); };</script>"""
# Words of one's own, each ended by a comma; what is typed last is in a field beside the one that posts them all.
BY_COMMA = """<label for=w-a>Words</label><input id=w hidden><div><b></b><input id=w-a></div><script type=module>
const [all, field, chosen] = [w, document.querySelector('#w-a'), document.querySelector('b')];
field.onkeydown = (event) => {
  if (event.key !== ',') return;
  event.preventDefault();
  chosen.insertAdjacentHTML('beforebegin', `<i>${field.value}</i>`);
  [all.value, field.value] = [`${all.value},${field.value}`, ''];
};</script>"""
# Each is ended by an Enter, by which the browser would send the form.
BY_ENTER = """<form onsubmit="document.body.textContent = 'sent'; return false"><label for=i>Words</label>
<ul role=listbox><li><input id=i></ul><button>Send</button></form><script type=module>
i.onkeydown = ({ key }) => {
  if (key !== 'Enter' || !i.value) return;
  i.parentNode.insertAdjacentHTML('beforebegin', `<li role=option>${i.value}`);
  i.value = '';
};</script>"""
EDITOR = """<label for=t>Message</label><textarea id=t hidden></textarea><div><button type=button>B</button>
<div contenteditable=true role=textbox aria-label='Editing area'></div></div>"""
FRAMED = """<label for=t>Message</label><textarea id=t hidden></textarea><div><button type=button>B</button>
<iframe srcdoc='<body contenteditable=true aria-label="Text area">'></iframe></div>"""
# Three selects, of which nothing says that they belong together but the label of something that is not there.
LISTS = f"""<label for=gone>Born</label><ul><li><select><option value=''>Year<option>1989<option>1990</select>
<li><select><option value=''>Month{MONTHS}<option>Nov<option>Dec</select><li><select><option value=''>Day{DAYS}</select>
</ul>"""
# All three are called as the day is, and two of them are typed.
MIXED = f"""<p id=l>Born</p><div role=group aria-labelledby=l><select aria-labelledby=l><option value=''>Month{MONTHS}
<option>Nov<option>Dec</select><input type=number max=31 min=1 aria-labelledby=l><input type=number min=1900
aria-labelledby=l></div>"""
TYPED = """<fieldset><legend>Born</legend>{}</fieldset>""".format(
    "".join(
        f"<label>{each} <input name=born-{each.lower()} inputmode=numeric></label>" for each in ("Day", "Month", "Year")
    )
)
# What did not come by keys is not looked at, and thrown away when the field is left.
KEYS = """<label>Born <input id=i></label><script>let held = '';
i.onkeyup = () => { held = i.value; }; i.onblur = () => { i.value = held; };</script>"""
# Neither a key nor its label reaches it, as each is undone at once.
DRAWN = """<label for=x>News</label><div id=d style='width: 40px; height: 20px'><input type=checkbox role=switch id=x
aria-checked=false style='opacity: 0; width: 0; height: 0; margin: 0'><span>o</span></div><script>let on = false;
d.onclick = (event) => { event.preventDefault(); on = event.target === x ? on : !on;
  setTimeout(() => { x.checked = on; x.ariaChecked = on; }); };</script>"""
STEPS = """<p id=l>Volume</p><div role=slider tabindex=0 aria-labelledby=l aria-valuenow=50.0 onkeydown="
  const by = {ArrowRight: 5, ArrowLeft: -5}[event.key] || 0;
  this.setAttribute('aria-valuenow', (Number(this.getAttribute('aria-valuenow')) + by).toFixed(1))">x</div>"""
BARE_SLIDER = """<label style='display: block'>Volume</label><div style='width: 300px; padding-left: 150px'>
<div role=slider tabindex=0 aria-valuenow=5 style='width: 18px; height: 18px' onkeydown="
  this.ariaValueNow = Number(this.ariaValueNow) + ({ArrowRight: 1, ArrowLeft: -1}[event.key] || 0)"></div></div>"""
BOX = "<p><label><input type=checkbox name=b value={0}> {0}</label>"
BOXES = "".join(BOX.format(each) for each in ("Late", "Lost", "Wet"))
TICKS = "".join(
    f"<div role=checkbox tabindex=0 aria-checked=false onclick='this.ariaChecked = this.ariaChecked !== `true`'"
    f" onkeydown='if (event.key === ` `) this.click()'>{each}</div>"
    for each in ("Late", "Lost", "Wet")
)
RADIO = "<input type=radio name=r value={} style='width: 0; height: 0; margin: 0'>"
TINY = "".join(
    f"<label><span style='display: inline-block; width: 1em; height: 1em'>{RADIO.format(each)}</span> {each}</label> "
    for each in ("Email", "Phone")
)


@pytest.fixture(scope="module", autouse=True)
def impatient(shared: Page) -> None:
    shared.set_default_timeout(5_000)


@pytest.mark.parametrize(
    ("html", "name", "text", "more"),
    [
        pytest.param(ASKS, "City", "Reston", {}, id="empty list whose drawn one asks a server"),
        pytest.param(UNDRAWN, "Reason", "Lost", {}, id="list that is not drawn"),
        pytest.param(SEARCHES, "Reason", "Lost", {}, id="field that searches a list, nothing with a role"),
        pytest.param(COVERED.format("", ""), "Reason", "Lost", {}, id="field below its own words"),
        pytest.param(COVERED.format("", "width: 1px; height: 1px; overflow: hidden"), "Reason", "Lost", {},
            id="field that is clipped to a dot"),
        pytest.param(CLOSES, "Reasons", "Lost\nWet", {}, id="list of several that closes after each"),
        pytest.param(SAYS_SO, "Reasons", "Wet\nLost", {}, id="list of several that shows how many, one already"),
        pytest.param(SHOWS_SO, "Reasons", "Lost\nWet", {}, id="list that only shows how many"),
        pytest.param(ASKS_IN_DIALOG, "Reason", "Lost", {}, id="dialog of radios"),
        pytest.param(NAMELESS, "Reason", "Lost", {}, id="label above what only opens a list"),
        pytest.param("<label>Reason <input></label><button type=button aria-haspopup=dialog>Reason</button>", "Reason",
            "Lost", {}, id="field whose help is called as it is"),
        pytest.param(ROW, "Size", "Large", {}, id="text above buttons that stay pressed"),
        pytest.param(TOOLBAR, "Message", "One\nTwo", {}, id="text above the toolbar of an editor"),
        pytest.param(PAIR, "Reasons", "Wet\nLost", {}, id="choices that are moved to a second list"),
        pytest.param(STEPWISE, "Place", "Hall / Desk", {"kind": "choice"}, id="choice in steps"),
        pytest.param(BY_COMMA, "Words", "Lost\nWet", {}, id="words that a comma ends"),
        pytest.param(BY_ENTER, "Words", "Lost\nWet", {}, id="words that an Enter ends"),
        pytest.param(EDITOR, "Message", "One\nTwo", {}, id="editor in place of a text area"),
        pytest.param(FRAMED, "Message", "One\nTwo", {}, id="editor in a frame in place of a text area"),
        pytest.param("<label>Bio <p><button type=button>B</button></p><my-editor contenteditable>x</my-editor></label>",
            "Bio", "Me", {}, id="editor in a label"),
        pytest.param(f"<p>Why<p><label for=g>Reasons</label><div id=g>{BOXES}</div>", "Reasons", "Lost\nWet", {},
            id="label for what is around boxes"),
        pytest.param("<label for=r>Proof</label><div id=r><input type=file id=f><label for=f>Browse</label></div>",
            "Proof", "a.txt", {"kind": "file"}, id="label for what is around an input"),
        pytest.param(f"<label>Reasons</label><div role=group>{TICKS}</div>", "Reasons", "Lost\nWet", {},
            id="text above a group without a name"),
        pytest.param(f"<div>How can we reach you best from now on</div><div>{TINY}</div>",
            "How can we reach you best from now on", "Phone", {}, id="text above radios that are but dots"),
        pytest.param(STEPS, "Volume", "65", {}, id="slider that counts in tenths"),
        pytest.param(BARE_SLIDER, "Volume", "8", {}, id="slider below a text, its handle far to the right"),
        pytest.param(DRAWN, "News", "yes", {}, id="switch that only what is drawn for it switches"),
    ],
)  # fmt: skip
async def test_a_drawn_widget_is_filled_and_read_back(
    shared: Page, html: str, name: str, text: str, more: dict[str, Any]
) -> None:
    await shared.set_content(html)
    planned = entered(text, name=name, **more)
    assert not (await read_back(shared, planned)).matches

    await fill(shared, planned, FILES)
    await leave(shared)

    found = await read_back(shared, planned)
    assert (found.matches, found.found) == (True, found.planned)


@pytest.mark.parametrize(
    ("html", "written", "date_format"),
    [
        pytest.param(LISTS, "11/02/1990", "MM/DD/YYYY", id="lists after the label of what is not there"),
        pytest.param(MIXED, "11/02/1990", "MM/DD/YYYY", id="parts that are called as the day is"),
        pytest.param(TYPED, "11/02/1990", "MM/DD/YYYY", id="parts that are typed"),
        pytest.param(KEYS, "02.11.1990", "DD.MM.YYYY", id="a field that listens to keys only"),
    ],
)
async def test_a_day_is_filled_and_read_back(shared: Page, html: str, written: str, date_format: str) -> None:
    await shared.set_content(html)
    planned = entered(written, name="Born", kind="date", date_format=date_format, day="1990-11-02")

    await fill(shared, planned, FILES)

    found = await read_back(shared, planned)
    assert (found.matches, found.found) == (True, written)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div hidden><label for=s>State</label><select id=s><option>Ohio</select></div>"
            "<div><span role=combobox tabindex=0>Choose</span></div>", id="another field's list"),
        pytest.param("<label for=s hidden>State</label><select id=s hidden><option>Ohio</select><p><label>City <span "
            "role=combobox tabindex=0>Choose</span></label>", id="a list that has a label of its own"),
        pytest.param("<label for=s>State</label><select id=s hidden><option>Ohio</select><div><input><input></div>",
            id="two fields"),
    ],
)  # fmt: skip
async def test_no_widget_is_taken_for_that_of_a_hidden_list(shared: Page, html: str) -> None:
    await shared.set_content(html)
    planned = entered("Ohio", name="State")

    (found,) = await look(shared, [planned.control])
    assert (found.does, found.usable) == ("select", False)
    with pytest.raises(FormChanged, match=r"cannot be used"):
        await fill(shared, planned, FILES)


async def test_a_second_list_that_held_something_at_first_is_not_taken_for_what_is_chosen(shared: Page) -> None:
    """Which of the two is chosen from would be a guess."""
    await shared.set_content(PAIR.replace("aria-label=Chosen>", "aria-label=Chosen><option>Wet"))

    (found,) = await look(shared, [entered("Lost", name="Reasons").control])

    assert found.count == 0


async def test_a_text_between_two_boxes_is_nobodys_guess(shared: Page) -> None:
    """It may belong to the one before it or to the one behind, even where both are of one group."""
    await shared.set_content("A <input type=checkbox name=b><span> B </span><input type=checkbox name=b>")

    (found,) = await look(shared, [entered("yes", name="B").control])

    assert found.count == 0


async def test_what_comes_after_the_last_control_is_not_entered(shared: Page) -> None:
    """Its list would lie over the button."""
    await shared.set_content("""<input><input onfocus="setTimeout(() => { o.hidden = false; })"
onblur="o.hidden = true"><p id=o hidden>open</p>""")
    await shared.locator("input").first.focus()

    await leave(shared)

    await shared.locator("#o").wait_for(state="hidden")
    assert await shared.evaluate("document.activeElement === document.body")


async def test_an_editor_is_left_without_a_key(shared: Page) -> None:
    """A Tab would be text of the message; of an open list it would be a choice."""
    await shared.set_content("""<label>Message <div contenteditable onkeydown="if (event.key === 'Tab') {
event.preventDefault(); this.append(' and a tab'); }"></div></label>""")
    planned = entered("One", name="Message")

    await fill(shared, planned, FILES)
    await leave(shared)

    assert (await read_back(shared, planned)).matches
    assert await shared.evaluate("document.activeElement === document.body")


async def test_words_that_have_not_become_those_that_are_sent_are_not_believed(shared: Page) -> None:
    """Some fields are there to make words of, one by one; what is sent is another field's value."""
    await shared.set_content("""<label for=w-typed>Words</label><input id=w name=words style='display: none'>
<div><input id=w-typed></div>""")
    planned = entered("Lost", name="Words")

    await fill(shared, planned, FILES)

    assert not (await read_back(shared, planned)).matches
