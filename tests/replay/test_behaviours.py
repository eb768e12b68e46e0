"""Controls are found by what people call them and driven by what they do: a small page, a value, what it holds then.

The pages are of our own writing, as forms and ARIA widgets on other sites are built.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.forms.control import Control
from autofill.forms.element import Element
from autofill.forms.plan import Entry
from autofill.page import seen
from autofill.page.frames import begin_page
from autofill.page.locate import WHICH_ONE, element_on
from autofill.replay.controls import fill, leave, read_back, read_left
from tests.replay.conftest import Site

FILES = {"a.txt": b"abc", "b.txt": b""}
RADIO = "<label><input type=radio name=r value={0}> {0}</label>"
RADIOS = RADIO.format("Email") + RADIO.format("Phone")
BOXES = "".join(f"<label><input type=checkbox name=b value={each}> {each}</label>" for each in ("Lost", "Late", "Wet"))
# A list that opens at the end of the page, far from what opens it.
PORTAL = """<p id=l>Reply by</p><div tabindex=0 role=combobox aria-labelledby=l aria-controls=p aria-expanded=false
id=c>Choose</div><script>c.onclick = () => {
  c.setAttribute('aria-expanded', true);
  const list = '<ul role=listbox id=p><li role=option>Email<li role=option>Phone</ul>';
  document.body.insertAdjacentHTML('beforeend', list);
  for (const each of p.children) each.onclick = () => { c.textContent = each.textContent; p.remove(); };
};</script>"""
# Suggestions that come late, and from a server that is none.
AHEAD = """<label>City <input role=combobox aria-autocomplete=list aria-controls=s></label><ul role=listbox id=s></ul>
<script type=module>const field = document.querySelector('input');
field.oninput = () => setTimeout(() => {
  const fitting = ['Reston, VA', 'Reston, WV'].filter((each) => field.value && each.startsWith(field.value));
  s.innerHTML = fitting.map((each) => `<li role=option>${each}</li>`).join('');
  for (const each of s.children) each.onclick = () => { field.value = each.textContent; s.innerHTML = ''; };
}, 300);</script>"""
# Only what shows is there of a long list.
VIRTUAL = """<button type=button aria-haspopup=listbox aria-label=Year>Choose</button>
<div role=listbox id=v hidden style='height: 100px; overflow: auto'><div style='height: 2000px' id=inner></div></div>
<script type=module>const opener = document.querySelector('button');
const draw = () => {
  const first = Math.floor(v.scrollTop / 20);
  inner.innerHTML = '';
  for (let n = first; n < Math.min(first + 6, 100); n += 1) {
    const option = Object.assign(document.createElement('div'), { textContent: String(1950 + n) });
    option.setAttribute('role', 'option');
    option.style = `position: relative; top: ${first * 20}px; height: 20px`;
    option.onclick = () => { opener.textContent = option.textContent; v.hidden = true; };
    inner.append(option);
  }
};
v.onscroll = draw;
opener.onclick = () => { v.hidden = false; draw(); };</script>"""
# The words that were picked stand beside the field, which is empty again.
CHIPS = """<label id=l for=i>City</label><div><div id=chosen></div><div><input id=i role=combobox aria-autocomplete=list
aria-expanded=false></div></div><script type=module>
i.oninput = () => { document.querySelector('[role=listbox]')?.remove(); if (!i.value) return;
  document.body.insertAdjacentHTML('beforeend', '<div role=listbox><div role=option>Reston</div></div>');
  document.querySelector('[role=option]').onclick = (event) => {
    chosen.textContent = 'Reston'; i.value = ''; event.target.parentNode.remove();
  };
};</script>"""
# A plain field, and a list without any role; it listens to keys only.
PLAIN_AHEAD = """<label>City <input id=i></label><ul id=s></ul><script type=module>
i.onkeyup = () => { s.innerHTML = i.value ? '<li><div>Reston</div><li><div>Restview</div>' : '';
  for (const each of s.children) each.onclick = () => { i.value = each.textContent; s.innerHTML = ''; };
};</script>"""
# Nothing is suggested while one types; a key opens it.
OPENS = """<label>City <input id=i role=combobox aria-haspopup=listbox></label><ul role=listbox id=s hidden>
<li role=option>Ely<li role=option>Reston</ul><script type=module>
i.onkeydown = (event) => { s.hidden = event.key !== 'ArrowDown'; };
for (const each of s.children) each.onclick = () => { i.value = each.textContent; s.hidden = true; };</script>"""
# The role stands on what is around the field.
WRAPPED = """<label for=i>Reply by</label><div role=combobox aria-haspopup=listbox aria-owns=o id=w><span></span>
<input id=i readonly></div><div role=listbox id=o hidden><div role=option>Email</div><div role=option>Phone</div></div>
<script type=module>i.onclick = () => { o.hidden = false; };
for (const each of o.children) each.onclick = () => { w.firstChild.textContent = each.textContent; o.hidden = true; };
</script>"""
# Named by its label and its own words; all else is hidden from readers while it is open.
HEADLESS = """<main><span id=l>Reply by</span><button type=button id=b aria-labelledby='l b' aria-haspopup=listbox
aria-expanded=false>Choose</button></main><script type=module>b.onclick = () => {
  document.querySelector('main').setAttribute('aria-hidden', true);
  const list = '<div role=listbox><b role=option>Email</b><b role=option>Phone</b></div>';
  document.body.insertAdjacentHTML('beforeend', list);
  for (const each of document.querySelectorAll('b')) each.onclick = () => {
    b.textContent = each.textContent; each.parentNode.remove();
    document.querySelector('main').removeAttribute('aria-hidden');
  };
};</script>"""
CLIPPED = """<label for=x>Reply by</label><select id=x aria-hidden=true tabindex=-1
style='position: absolute; width: 1px; height: 1px; clip: rect(0 0 0 0)'><option>Email<option>Phone</select>
<span role=combobox tabindex=0 aria-labelledby=y><span id=y>Email</span></span>
<script>x.onchange = () => { y.textContent = x.value; };</script>"""
# The native list is see-through; what is drawn around it is called as it is.
AROUND = """<label for=x>Reply by</label><div role=listbox aria-label='Reply by'><select id=x style='opacity: 0'>
<option>Email<option>Phone</select><div role=option>Email</div></div>"""
# Behind each drawn radio stands one that nobody sees, to be posted.
TWINS = "<p id=l>Reply by</p><div role=radiogroup aria-labelledby=l>{}</div>".format(
    "".join(
        f"""<p><label for={each}>{each}
</label><button type=button role=radio aria-checked=false id={each} onclick="
  for (const other of document.querySelectorAll('button')) other.setAttribute('aria-checked', other === this);
">o</button><input type=radio name=r aria-hidden=true tabindex=-1 style='opacity: 0'>"""
        for each in ("Email", "Phone")
    )
)
# Enter sends the form, whatever has the focus.
SENDS = """<form onsubmit="document.body.textContent = 'sent'; return false"><button type=button aria-haspopup=listbox
aria-label='Reply by' id=b onkeydown="if (event.key === 'Enter') this.form.requestSubmit();"></button>
<ul role=listbox id=p hidden><li role=option>Email<li role=option>Phone</ul></form><script>
b.onclick = () => { p.hidden = false; };
for (const each of p.children) each.onclick = () => { b.textContent = each.textContent; p.hidden = true; };</script>"""
# It stays open until it is closed, and nothing else can be used meanwhile.
STAYS = """<main><button type=button aria-haspopup=listbox aria-label=Reasons id=b></button></main>
<ul role=listbox id=p hidden aria-multiselectable=true><li role=option>Lost<li role=option>Late<li role=option>Wet</ul>
<script type=module>const main = document.querySelector('main');
const show = (open) => {
  p.hidden = !open;
  main.setAttribute('aria-hidden', open);
};
b.onclick = () => show(p.hidden);
onkeydown = (event) => { if (event.key === 'Escape') show(false); };
for (const each of p.children) each.onclick = () => {
  each.toggleAttribute('data-on');
  b.textContent = [...p.children].filter((one) => 'on' in one.dataset).map((one) => one.textContent.trim()).join(', ');
};</script>"""
SLIDER = """<div role=slider tabindex=0 aria-label=Volume aria-valuenow=50 aria-valuemin=0 aria-valuemax=100 onkeydown="
  const by = {ArrowRight: 5, ArrowLeft: -5}[event.key] || 0;
  this.setAttribute('aria-valuenow', Number(this.getAttribute('aria-valuenow')) + by)">x</div>"""
LATE_SLIDER = SLIDER.replace("this.setAttribute(", "requestAnimationFrame(() => this.setAttribute(").replace(
    '+ by)"', '+ by))"'
)
# Options for readers of screens, of which a part is there; what one clicks has no role, and is beside them.
READERS_ONLY = """<label for=i>Reply by</label><div><div id=v>Choose</div><input id=i role=combobox readonly
aria-controls=s></div><div id=p hidden><div role=listbox id=s style='height: 0; width: 0; overflow: hidden'>
<div role=option aria-label=Email>e</div></div><div id=o><p>Email</p><p><b>Phone</b></p></div></div><script type=module>
i.onclick = () => { p.hidden = false; };
for (const each of o.children) each.onclick = () => { v.textContent = each.textContent; p.hidden = true; };</script>"""
# The field itself is a dot, and there is a button to open the list, too.
OPENER = """<label for=i>Reply by</label><div><span><input id=i readonly aria-haspopup=listbox
style='width: 2px; border: 0; padding: 0'></span><span id=v>Choose</span>
<span role=button aria-haspopup=listbox aria-label=Choose></span></div>
<ul role=listbox id=s hidden><li role=option>Email<li role=option>Phone</ul><script type=module>
i.onclick = () => { s.hidden = false; };
for (const each of s.children) each.onclick = () => { v.textContent = each.textContent; s.hidden = true; };</script>"""
# The group is in a shadow, its radios are shown there by a slot.
SLOTTED = """<my-group><p role=radio aria-checked=false tabindex=0>Email</p>
<p role=radio aria-checked=false tabindex=0>Phone</p></my-group>
<script>customElements.define('my-group', class extends HTMLElement {
  connectedCallback() {
    const html = '<fieldset role=radiogroup aria-labelledby=l><b id=l>Reply by</b><slot></slot></fieldset>';
    this.attachShadow({mode: 'open'}).innerHTML = html;
    this.onclick = (event) => {
      for (const each of this.children) each.setAttribute('aria-checked', each === event.target);
    };
  }
});</script>"""
# A list of several in a shadow, whose options are shown there by a slot.
SLOTTED_LIST = """<my-list><b role=option>Lost</b><b role=option>Wet</b></my-list><script>
customElements.define('my-list', class extends HTMLElement {
  connectedCallback() {
    const html = `<p id=l>Reasons</p><button aria-labelledby=l role=combobox aria-controls=s></button>
      <div role=listbox aria-multiselectable=true id=s hidden><slot></slot></div>`;
    const root = this.attachShadow({mode: 'open'});
    root.innerHTML = html;
    const [button, list] = [root.querySelector('button'), root.getElementById('s')];
    button.onclick = () => { list.hidden = !list.hidden; };
    for (const each of this.children) each.onclick = () => {
      each.toggleAttribute('data-on');
      const on = [...this.children].filter((one) => 'on' in one.dataset);
      button.textContent = on.map((one) => one.textContent).join(', ');
    };
  }
});</script>"""
# Dots beside the text, of which only the labels show; and the group itself makes no box.
DOTS = """<label>Name <input></label><p>Stars</p><div style='position: relative'>{}</div>""".format(
    "".join(
        f"""<label for=d{each}>{each} of 5</label><input type=radio name=stars id=d{each}
style='position: absolute; left: -4px; margin: 0; width: 1px; height: 1px; clip: rect(0 0 0 0)'>"""
        for each in range(1, 6)
    )
)
NO_BOX = f"<fieldset role=radiogroup style='display: contents'><legend>Reply by</legend>{RADIOS}</fieldset>"
# The list of several that opens is a menu.
MENU = """<button type=button aria-haspopup=listbox aria-label=Reasons id=b></button><div role=menu id=p hidden>
<div role=menuitemcheckbox>Lost</div><div role=menuitemcheckbox>Wet</div></div><script type=module>
b.onclick = () => { p.hidden = !p.hidden; };
for (const each of p.children) each.onclick = () => {
  each.toggleAttribute('data-on');
  b.textContent = [...p.children].filter((one) => 'on' in one.dataset).map((one) => one.textContent).join(', ');
};</script>"""
# The button beside the field opens the same list, and is called as the field, too.
FIELD_AND_BUTTON = OPENS.replace(
    "<label>City <input id=i role=combobox aria-haspopup=listbox></label>",
    "<label id=l for=i>City</label><div><input id=i role=combobox aria-haspopup=listbox><button type=button id=b"
    " aria-label='Show' aria-haspopup=listbox aria-labelledby='b l'></button></div>",
)
# The label is outside of the shadow, in which the box is.
IN_SHADOW = """<label><my-box></my-box> I agree</label><script>
customElements.define('my-box', class extends HTMLElement {
  static formAssociated = true;
  connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = '<input type=checkbox>'; }
});</script>"""
# Its name is drawn inside of it, over what was chosen.
NAME_INSIDE = """<div tabindex=0 role=combobox aria-label='Reply by' aria-controls=p id=c><div>Reply by</div>
<div id=v></div></div><ul role=listbox id=p hidden><li role=option>Email<li role=option>Phone</ul><script>
c.onclick = () => { p.hidden = false; };
for (const each of p.children) each.onclick = () => { v.textContent = each.textContent; p.hidden = true; };</script>"""
# It is called by what was chosen, as soon as something is.
CALLED_AS_CHOSEN = """<label for=c>Reply by</label>
<span tabindex=0 role=combobox aria-haspopup=listbox aria-controls=p id=c>Choose</span>
<ul role=listbox id=p hidden><li role=option>Email<li role=option>Phone</ul><script>
c.onclick = () => { p.hidden = false; };
for (const each of p.children) each.onclick = () => {
  c.textContent = each.textContent; c.setAttribute('aria-label', each.textContent); p.hidden = true;
};</script>"""
# Buttons that stay pressed: one at a time, or as many as one likes.
TOGGLES = """<div role=group aria-label=Size><button type=button aria-pressed=false>Small</button>
<button type=button aria-pressed=true>Large</button><span role=button tabindex=0 aria-pressed=false>Huge</span></div>
<script>
for (const each of document.querySelectorAll('[aria-pressed]')) each.onclick = () => {{
  for (const other of document.querySelectorAll('[aria-pressed]')) {{
    const on = other.getAttribute('aria-pressed') === 'true';
    if (other === each || {}) other.setAttribute('aria-pressed', other === each && !on);
  }}
}};</script>"""
# The label is for what is around the slider; the slider is far to the right of it, and has no name.
FOR_AROUND = "<label for=t>Volume</label><div id=t>{}</div>".format(SLIDER.replace("aria-label=Volume ", ""))
ALONG = "<label>Name <input></label><p>Volume</p><div style='padding-left: 300px'>{}</div>".format(
    SLIDER.replace("aria-label=Volume ", "")
)
MANY_CHIPS = """<label for=i>Reasons</label><div><span id=chosen></span><input id=i role=combobox aria-autocomplete=list
></div><div role=listbox id=s></div><script type=module>i.oninput = () => {
  s.innerHTML = ['Lost', 'Wet'].filter((each) => i.value && each.startsWith(i.value)
    && !chosen.textContent.includes(each)).map((each) => `<div role=option>${each}</div>`).join('');
  for (const each of s.children) each.onclick = () => {
    chosen.innerHTML += `<b>${each.textContent}</b>`; i.value = ''; s.innerHTML = '';
  };
};</script>"""
SWITCH = """<span id=n>News</span> <button type=button role=switch aria-checked={} aria-labelledby=n
onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')">x</button>"""
# What was done shows with the next picture but one; Space clicks a button, and a second click undoes it.
LATE = """<button type=button role=switch aria-checked=false aria-label=News id=b>x</button>
<script type=module>let on = false;
const show = () => b.setAttribute('aria-checked', on);
b.onclick = () => { on = !on; requestAnimationFrame(() => requestAnimationFrame(show)); };</script>"""
LATE_LIST = """<div role=listbox aria-label='Reply by'><b role=option>Email</b> <b role=option id=o>Phone</b></div>
<script>o.onclick = () => requestAnimationFrame(() => o.setAttribute('aria-selected', true));</script>"""
LISTBOX = """<p id=l>Reply by</p><ul role=listbox aria-labelledby=l {}><li role=option>Email<li role=option>Phone
<li role=option>Letter</ul><script>for (const each of document.querySelectorAll('li')) each.onclick = () => {{
  if (!'{}') for (const other of document.querySelectorAll('li')) other.setAttribute('aria-selected', false);
  each.setAttribute('aria-selected', each.getAttribute('aria-selected') !== 'true');
}};</script>"""
EDITOR = "<p id=l>Message</p><div contenteditable role=textbox aria-multiline=true aria-labelledby=l></div>"
CHOOSER = """<button type=button onclick="document.querySelector('input').click()">Attach a file</button>
<input type=file multiple style='display:none'>"""
SHADOW = """<my-field></my-field><script>customElements.define('my-field', class extends HTMLElement {
  connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = '<label>Name <input></label>'; }
});</script>"""
CLOBBERED = "<form><input name=parentNode><input name=textContent><input name=nodeType><label>Name <input id=x></label>"
SELECT = "<label>{} <select{}><option value=''>Choose<option>Email<option>Phone<option>Letter</select></label>"
TABLE = "<table><tr><td>{}<td><input><tr><td>{}<td><input></table>"
DAYS = "".join(f"<option>{day}" for day in range(1, 32))
MONTHS = (
    "<option>Jan<option>Feb<option>Mar<option>Apr<option>May<option>Jun<option>Jul<option>Aug<option>Sep<option>Oct"
)
LISTS_OF_A_DAY = f"""<select aria-label=Day><option value=''>Day{DAYS}</select>
<select aria-label=Month><option value=''>Month{MONTHS}<option>Nov<option>Dec</select>
<select aria-label=Year><option value=''>Year<option>1989<option>1990<option>1991</select>"""
PARTS = f"<fieldset><legend>Born</legend>{LISTS_OF_A_DAY}</fieldset>"
DAY_BOXES = "<fieldset><legend>Born</legend>{}</fieldset>".format(
    "".join(f"<label>{part} <input maxlength=4></label>" for part in ("Day", "Month", "Year"))
)
# Each part is typed for itself, and tells its number; what is posted nobody sees.
SEGMENT = """<span role=spinbutton aria-label={0} aria-valuemin=1 aria-valuemax={1} contenteditable=true
style='display: inline-block; min-width: 1em'>{0}</span>"""
SEGMENTS = f"""<p id=l>Born</p><div role=group aria-labelledby=l>
{SEGMENT.format("Month", 12)}/{SEGMENT.format("Day", 31)}
{SEGMENT.format("Year", 9999)}<input aria-label=Born aria-hidden=true tabindex=-1></div><script type=module>
const parts = [...document.querySelectorAll('span')];
for (const each of parts) {{
  each.onfocus = () => {{ each.textContent = ''; }};
  each.oninput = () => {{
    each.setAttribute('aria-valuenow', Number(each.textContent));
    const [month, day, year] = parts.map((one) => one.textContent);
    document.querySelector('input').value = `${{year}}-${{month}}-${{day}}`;
  }};
}}</script>"""


def entered(text: str, *, day: str = "", **control: Any) -> Entry:
    """What goes into a control, whatever kind it is."""
    return Entry(control=Control.model_validate({"value": "message", **control}), text=text, day=day)


@pytest.mark.parametrize(
    ("html", "control", "text"),
    [
        pytest.param("<label>Name <input type=search></label>", {"name": "Name"}, "Ana", id="searchbox"),
        pytest.param(
            "<div><label>Name<input></label></div><label>Phone</label><input placeholder=0123>", {"near": "Phone"}, "1",
            id="label that is for nothing",
        ),
        pytest.param("<label for=a>Name<span> * </span><i>as on paper</i></label><input id=a>",
            {"name": "Name * as on paper"}, "Ana", id="label in pieces"),
        pytest.param("<label for=a>Name <b>*</b></label><input id=a><label for=a>First</label>",
            {"name": "Name * First"}, "Ana", id="two labels, read together"),
        pytest.param("<label for=a>Name <b>*</b></label><input id=a><label for=a>First</label>",
            {"label": "First"}, "Ana", id="two labels, one of them"),
        pytest.param("<label for=a>Name</label><br><input id=a><h3 style='margin: 0'>Reply by</h3>" + RADIOS,
            {"name": "Reply by"}, "Phone", id="radios under a heading"),
        pytest.param(
            "<table cellspacing=0><tr><td>Name *<td><input><tr><td>Day *<td><input></table>", {"near": "Name"}, "Ana",
            id="rows of a table close together",
        ),
        pytest.param("<label>Zip <input type=number></label>", {"name": "Zip"}, "02134", id="b7 number"),
        pytest.param(EDITOR, {"name": "Message"}, "One\nTwo", id="c1 contenteditable"),
        pytest.param("<label>Bio <div contenteditable=true aria-label=Bio></div></label>", {"name": "Bio"}, "Me",
            id="editor without a role"),
        pytest.param("<label>City <input list=l><datalist id=l><option>Reston</datalist></label>", {"name": "City"},
            "Ely", id="b10 datalist takes any text"),
        pytest.param("<label>Email <em>(required)</em> <input></label>", {"name": "Email"}, "a@b.c", id="q1 required"),
        pytest.param("<label>E-Mail (Pflichtfeld): <input></label>", {"name": "E-Mail"}, "a@b.c", id="q1 German"),
        pytest.param("<label for=x>Name<div>as in your passport</div></label><input id=x>", {"name": "Name"}, "Ana",
            id="a label's first line"),
        pytest.param("<input placeholder=Email>", {"name": "Email"}, "a@b.c", id="j1 placeholder as name"),
        pytest.param("<label>A <input placeholder=Email></label>", {"placeholder": "Email"}, "a@b.c",
            id="j1 placeholder"),
        pytest.param("<input id=x>", {"css": "#x"}, "a", id="css"),
        pytest.param("<label>A <input aria-label=B></label>", {"label": "A"}, "a", id="label"),
        pytest.param(TABLE.format("First name", "Email"), {"name": "Email"}, "a@b.c", id="j2 text beside"),
        pytest.param(TABLE.format("First name:", "Email:"), {"near": "Email"}, "a@b.c", id="j3 text beside, said so"),
        pytest.param("<p>Email<br><input><p>Name<br><input>", {"name": "Name"}, "Ana", id="j3 text above"),
        pytest.param("<fieldset><legend>A</legend><label>Street <input></label></fieldset><fieldset><legend>B</legend>"
            "<label>Street <input></label></fieldset>", {"name": "Street", "within": "B"}, "Elm 1", id="j4 within"),
        pytest.param("<label>A <input></label><label>A <input></label>", {"name": "A", "nth": 2}, "x", id="nth"),
        pytest.param("<table><tr><td>Name<td><input placeholder='e.g. Ann'></table>", {"name": "Name"}, "Ana",
            id="text beside says more than a placeholder"),
        pytest.param("<input type=checkbox name=r> Lost<br><input type=checkbox name=r> Late", {"name": "Late"}, "yes",
            id="one box of several without labels"),
        pytest.param(SHADOW, {"name": "Name"}, "Ana", id="open shadow root"),
        pytest.param("<iframe srcdoc='<label>Name <input></label>'></iframe>", {"name": "Name"}, "Ana", id="d1 frame"),
        pytest.param(CLOBBERED, {"name": "Name"}, "Ana", id="names that hide a form's own"),
        pytest.param(SELECT.format("Reply by", ""), {"name": "Reply by"}, "Phone", id="select"),
        pytest.param(SELECT.format("Reply by", " multiple"), {"name": "Reply by"}, "Email\nLetter", id="f3 multiple"),
        pytest.param(LISTBOX.format("", ""), {"name": "Reply by"}, "Phone", id="listbox"),
        pytest.param(LISTBOX.format("aria-multiselectable=true", "many"), {"name": "Reply by"}, "Email\nLetter",
            id="listbox of several"),
        pytest.param(PORTAL, {"name": "Reply by"}, "Phone", id="combobox with its list elsewhere"),
        pytest.param(VIRTUAL, {"name": "Year"}, "1999", id="list of which a part is there"),
        pytest.param(f"<div role=radiogroup aria-label='Reply by'>{RADIOS}</div>", {"name": "Reply by"}, "Phone",
            id="radiogroup"),
        pytest.param(f"<fieldset><legend>Reply by *</legend>{RADIOS}</fieldset>", {"name": "Reply by"}, "Phone",
            id="b3 plain fieldset"),
        pytest.param(f"<p>Reply by {RADIOS}", {"name": "Reply by"}, "Phone", id="b2 radios after a text"),
        pytest.param(f"<div>{RADIOS}</div>", {"css": "[name=r]", "kind": "choice"}, "Phone", id="radios by selector"),
        pytest.param(f"<fieldset><legend>Reply by</legend>{RADIOS}</fieldset>",
            {"css": "fieldset input", "kind": "choice"}, "Phone", id="radios by selector in a fieldset"),
        pytest.param(f"<p>Reply by</p>{RADIOS}", {"name": "Reply by"}, "Email", id="b2 radios below a text"),
        pytest.param("<p>Reply by: <input type=radio name=r> Email <input type=radio name=r> Phone",
            {"name": "Reply by"}, "Phone", id="b2 radios without labels"),
        pytest.param(f"<fieldset><legend>Reasons</legend>{BOXES}</fieldset>", {"name": "Reasons"}, "Lost\nWet",
            id="f1 boxes"),
        pytest.param("<label><input type=checkbox> News</label>", {"name": "News"}, "yes", id="checkbox"),
        pytest.param("<label><input type=checkbox checked> News</label>", {"name": "News"}, "no", id="f4 unticked"),
        pytest.param("<label><input type=checkbox style='display:none'> News</label>", {"name": "News"}, "yes",
            id="checkbox that is not drawn"),
        pytest.param("<input type=checkbox> I agree", {"name": "I agree"}, "yes", id="text behind a box"),
        pytest.param("<label><input type=radio> I agree</label>", {"name": "I agree"}, "yes", id="lone radio"),
        pytest.param(SWITCH.format("false"), {"name": "News"}, "yes", id="switch"),
        pytest.param(SWITCH.format("true"), {"name": "News"}, "no", id="switch off"),
        pytest.param(LATE, {"name": "News"}, "yes", id="switch that shows it late"),
        pytest.param(LATE_LIST, {"name": "Reply by"}, "Phone", id="listbox that shows it late"),
        pytest.param(AHEAD, {"name": "City"}, "Reston, VA", id="i1 typeahead"),
        pytest.param(CHIPS, {"name": "City"}, "Reston", id="words beside their field"),
        pytest.param(PLAIN_AHEAD, {"name": "City", "kind": "typeahead"}, "Reston", id="suggestions without a role"),
        pytest.param(OPENS, {"name": "City"}, "Reston", id="list that a key opens"),
        pytest.param(WRAPPED, {"name": "Reply by"}, "Phone", id="role around a field"),
        pytest.param(HEADLESS, {"name": "Reply by"}, "Phone", id="all else hidden while it is open"),
        pytest.param(CLIPPED, {"name": "Reply by"}, "Phone", id="native list behind a drawn one"),
        pytest.param(AROUND, {"name": "Reply by"}, "Phone", id="native list in a drawn one"),
        pytest.param(TWINS, {"name": "Reply by"}, "Phone", id="drawn radios with others behind"),
        pytest.param(SENDS, {"name": "Reply by"}, "Phone", id="list where Enter sends the form"),
        pytest.param(STAYS, {"name": "Reasons"}, "Lost\nWet", id="list of several that stays open"),
        pytest.param(READERS_ONLY, {"name": "Reply by"}, "Phone", id="options that nobody sees"),
        pytest.param(OPENER, {"name": "Reply by"}, "Phone", id="words between a dot and a button"),
        pytest.param(SLOTTED, {"name": "Reply by"}, "Phone", id="radios in a slot"),
        pytest.param(SLOTTED_LIST, {"name": "Reasons"}, "Lost\nWet", id="options in a slot"),
        pytest.param(DOTS, {"name": "Stars"}, "4 of 5", id="text above dots with labels"),
        pytest.param(NO_BOX, {"name": "Reply by"}, "Phone", id="group without a box"),
        pytest.param(MENU, {"name": "Reasons"}, "Lost\nWet", id="menu of several"),
        pytest.param(FIELD_AND_BUTTON, {"name": "City"}, "Reston", id="button beside a field"),
        pytest.param(IN_SHADOW, {"name": "I agree"}, "yes", id="label around a shadow"),
        pytest.param(NAME_INSIDE, {"name": "Reply by"}, "Phone", id="name inside of a list"),
        pytest.param(CALLED_AS_CHOSEN, {"name": "Reply by"}, "Phone", id="list that is called by what was chosen"),
        pytest.param(LATE_SLIDER, {"name": "Volume"}, "35", id="slider that shows it late"),
        pytest.param(TOGGLES.format("true"), {"name": "Size"}, "Small", id="one pressed button"),
        pytest.param(TOGGLES.format("false"), {"name": "Size"}, "Small\nHuge", id="several pressed buttons"),
        pytest.param(MANY_CHIPS, {"name": "Reasons"}, "Lost\nWet", id="several suggestions, one after the other"),
        pytest.param("<label>Sound <input type=range max=10></label>", {"name": "Sound"}, "7", id="range"),
        pytest.param(SLIDER, {"name": "Volume"}, "35", id="slider"),
        pytest.param(FOR_AROUND, {"name": "Volume"}, "35", id="label for what is around a slider"),
        pytest.param(ALONG, {"name": "Volume"}, "35", id="text above what a slider moves along"),
        pytest.param("<label>Name <input></label><p>Reply by</p><div><p><label><input type=radio> Email</label>"
            "<p><label><input type=radio> Phone</label></div>", {"name": "Reply by"}, "Phone",
            id="text as near to a field with a name above"),
        pytest.param(CHOOSER, {"name": "Attach a file", "kind": "file"}, "a.txt\nb.txt", id="l2 file chooser"),
    ],
)  # fmt: skip
async def test_a_control_is_filled_and_read_back(shared: Page, html: str, control: dict[str, Any], text: str) -> None:
    """Whatever it is built of; what it holds already does not count, and doing it again changes nothing."""
    await shared.set_content(html)
    planned = entered(text, **control)
    assert not (await read_back(shared, planned)).matches or text == "no"
    for _again in range(2):
        await fill(shared, planned, FILES)
        found = await read_back(shared, planned)
        assert (found.matches, found.found) == (True, found.planned)


TAKES_MORE = """<label for=i>Reasons</label><div><span id=v></span><input id=i role=combobox aria-autocomplete=list
aria-expanded=false aria-controls=s></div><ul role=listbox id=s hidden><li role=option>Late<li role=option>Lost
<li role=option>Wet</ul><script type=module>
const show = (open) => { s.hidden = !open; i.setAttribute('aria-expanded', open); };
const take = (one) => { v.innerHTML += `<b>${one.textContent.trim()}</b> `; i.value = ''; };
i.oninput = () => show(true);
i.onkeydown = ({ key }) => {
  if (key === 'Tab' && !s.hidden) take(s.firstElementChild);
  if (key === 'Escape') show(false);
};
for (const each of s.children) each.onclick = () => take(each);</script>"""


async def test_a_list_that_stays_open_is_closed_before_its_field_is_left(shared: Page) -> None:
    """The key that leaves the field would take one more."""
    await shared.set_content(TAKES_MORE)
    planned = entered("Lost\nWet", name="Reasons")

    await fill(shared, planned, FILES)
    await leave(shared)

    assert (await read_back(shared, planned)).matches


HIDDEN_FILE = """<label for=f>Proof</label><input type=file id=f style='position: absolute; width: 1px; height: 1px'>
<p role=status></p><script>
const [label, input] = [document.querySelector('label'), document.querySelector('input')];
label.onclick = (event) => { %s; };
const heard = () => { document.querySelector('p').textContent = input.files[0].name; };
</script>"""


@pytest.mark.parametrize(
    ("clicked", "heard"),
    [
        pytest.param("input.onchange = heard", "a.txt", id="listens after a click"),
        pytest.param("event.preventDefault()", "", id="opens nothing"),
    ],
)
async def test_a_file_is_given_to_a_hidden_input_by_its_label(shared: Page, clicked: str, heard: str) -> None:
    await shared.set_content(HIDDEN_FILE % clicked)
    planned = entered("a.txt", name="Proof", kind="file")

    await fill(shared, planned, FILES)

    assert (await read_back(shared, planned)).matches
    assert await shared.get_by_role("status").inner_text() == heard


NEAREST = "The nearest name is “{}”. If the form has changed, update its form map."
OFFERED = "The nearest choice is “{}”. If the form has changed, update its form map."


@pytest.mark.parametrize(
    ("html", "control", "text", "said", "hint"),
    [
        pytest.param("<label>Your e-mail <input></label>", {"name": "Your email"}, "x", "is not on the page.",
            NEAREST.format("Your e-mail"), id="not there"),
        pytest.param("<label>Name <input disabled></label>", {"name": "Name"}, "x",
            "is on the page, but cannot be used: it is disabled or hidden.", "", id="disabled"),
        pytest.param("<label>Name <input readonly></label>", {"name": "Name"}, "x",
            "is on the page, but cannot be used: it is disabled or hidden.", "", id="read-only"),
        pytest.param("<label hidden>Name <input></label>", {"name": "Name"}, "x",
            "is on the page, but cannot be used: it is disabled or hidden.", "", id="hidden"),
        pytest.param(SELECT.format("Reply by", ""), {"name": "Reply by"}, "Telephone",
            "does not offer the planned choice.", OFFERED.format("Phone"), id="choice that is not offered"),
        pytest.param(f"<p>Reply by {RADIOS}", {"name": "Reply by"}, "Letter", "does not offer the planned choice.", "",
            id="radio that is not offered"),
        pytest.param(PORTAL, {"name": "Reply by"}, "Letter", "does not offer the planned choice.", "",
            id="open list that does not offer it"),
        pytest.param(AHEAD, {"name": "City"}, "Reston", "does not offer the planned choice.",
            OFFERED.format("Reston, WV"), id="two suggestions say more"),
        pytest.param("<select aria-label=A><option>B<option>B</select>", {"name": "A"}, "B",
            "offers the planned choice more than once.", WHICH_ONE, id="twice offered"),
        pytest.param("<label>A <input></label><label>A <select></select></label>", {"name": "A"}, "x",
            "is on the page more than once.", WHICH_ONE, id="twins of two kinds"),
        pytest.param(TABLE.format("A", "A"), {"name": "A"}, "x", "is on the page more than once.", WHICH_ONE,
            id="twins beside texts"),
        pytest.param("<iframe srcdoc='<label>A <input></label>'></iframe><label>A <input></label>", {"name": "A"}, "x",
            "is on the page more than once.", WHICH_ONE, id="twin in a frame"),
        pytest.param("<label>A <input type=checkbox></label>", {"name": "A", "kind": "text"}, "x",
            "is on the page, but of another kind: yes-no.", "", id="another kind than the map says"),
        pytest.param("<label>A <input></label>", {"name": "A", "kind": "choice"}, "x",
            "is on the page, but of another kind: text.", "", id="text instead of a choice"),
        pytest.param("<label>A <input type=checkbox></label>", {"name": "A"}, "words",
            "is on the page, but of another kind: yes-no.", "", id="words for a box"),
        pytest.param(SEGMENTS, {"name": "Born"}, "March 12", "does not offer the planned choice.", "",
            id="no day for parts of one"),
        pytest.param("<label>A <input></label><label>A <input></label>", {"name": "A", "nth": 3}, "x",
            "is not on the page.", NEAREST.format("A"), id="no third"),
        pytest.param("<div>Email</div><input><div>Name</div><input>", {"name": "Name"}, "x", "is not on the page.", "",
            id="text as near to one as to the other"),
        pytest.param("<div>Email</div><input aria-label=Mail><div>Name</div><input aria-label=Called>",
            {"near": "Name"}, "x", "is not on the page.", "",
            id="text as near to one as to the other, both with a name"),
        pytest.param("<label for=i>Words</label><ul role=listbox><li><input id=i></ul>", {"name": "Words"}, "x",
            "does not offer the planned choice.", "", id="words that nothing picks up"),
        pytest.param("<form><div role=group aria-label=A><button aria-pressed=true>B</button>"
            "<button aria-pressed=false>C</button></div></form>",
            {"name": "A"}, "B", "is not on the page.", "", id="pressed buttons that send"),
        pytest.param("<fieldset><legend>A</legend>Yes <input type=radio name=r> No <input type=radio name=r> Choose",
            {"name": "A"}, "No", "does not offer the planned choice.", "", id="words that may stand before"),
        pytest.param("<fieldset><legend>A</legend>Yes: <input type=radio name=r> No: <input type=radio name=r> Choose",
            {"name": "A"}, "No", "does not offer the planned choice.", "", id="words that stand before their radios"),
        pytest.param("<ul><li onclick='document.body.innerHTML = 0'>Reston</ul><label>City <input></label>",
            {"name": "City", "kind": "typeahead"}, "Reston", "does not offer the planned choice.", "",
            id="an item that was there before is no suggestion"),
        pytest.param("<table><tr><th>Name<th>Email<tr><td><input id=n><td></table>", {"name": "Email"}, "x",
            "is not on the page.", "", id="text above nothing"),
    ],
)  # fmt: skip
async def test_what_is_not_as_mapped_is_told_at_once(
    shared: Page, monkeypatch: pytest.MonkeyPatch, html: str, control: dict[str, Any], text: str, said: str, hint: str
) -> None:
    """Which of the causes it is, and what is there instead; a page that is quiet is not waited for any longer."""
    monkeypatch.setattr(seen, "_MOMENT", 400)
    shared.set_default_timeout(0)  # for ever
    await shared.set_content(html)
    with pytest.raises(FormChanged) as caught:
        await fill(shared, entered(text, **control), FILES)
    assert str(caught.value) == f"“{next(iter(control.values()))}” {said} Nothing was sent."
    assert caught.value.hint == (
        hint or "Look at the last screenshot of the recording. If the form has changed, update its form map."
    )


async def test_what_is_still_coming_is_waited_for(shared: Page, site: Site) -> None:
    """A control, that it can be used, and its choices; while an answer is awaited the page is not quiet."""
    shared.set_default_timeout(30_000)
    asked = threading.Event()
    site.answers["GET /late"] = (200, SELECT.format("Reply by", ""))
    site.hooks["GET /late"] = lambda: asked.wait(2.5)
    late = "fetch('/late').then((late) => late.text()).then((html) => { document.body.innerHTML = html; })"
    await shared.goto(site.show(f"<body><script>{late}</script>"))
    planned = entered("Phone", name="Reply by")
    await fill(shared, planned, FILES)
    assert (await read_back(shared, planned)).matches


async def test_what_the_page_put_in_is_told(shared: Page) -> None:
    """Of controls into which nothing goes; what is empty, unticked, hidden or not there is not."""
    await shared.set_content(
        "<label>Name <input value=Ana></label><label>Phone <input></label>"
        + SWITCH.format("true")
        + SELECT.format("Reply by", "")
        + "<label><input type=checkbox>Terms</label><label hidden>Gone <input value=x></label>"
        + "<label>Twin <input></label><label>Twin <input value=2></label>"
        + "<label for=c>City</label><div><input id=c role=combobox><small>Begin to type</small></div>"
        + SLIDER
    )
    names = ("Name", "Phone", "News", "Reply by", "Terms", "Gone", "Twin", "City", "Volume", "None")
    left = [entered("x", name=name).control for name in names]
    assert {row.name: row.found for row in await read_left(shared, left)} == {
        "Name": "Ana",
        "News": "yes",
        "Twin": "2",
        "Volume": "50",
    }


@pytest.mark.parametrize(
    ("html", "held"),
    [
        ("<label>Born <input type=date></label>", ["1990-03-12"]),
        ("<label>Born <input type=month></label>", ["1990-03"]),
        ("<label>Born <input placeholder=DD.MM.YYYY></label>", ["12.03.1990"]),
        (PARTS, ["12", "Mar", "1990"]),
        (SEGMENTS, ["1990-03-12"]),
        (DAY_BOXES, ["12", "03", "1990"]),
        (f"<p>Born</p><div>{LISTS_OF_A_DAY.replace('aria-label', 'class')}</div>", ["12", "Mar", "1990"]),
    ],
    ids=["date", "month", "text", "three lists", "three parts to type in", "three boxes", "three lists under a text"],
)
async def test_a_day_goes_in_as_its_control_has_it(shared: Page, html: str, held: list[str]) -> None:
    """The map says how it is typed; what the browser or the page asks for otherwise is seen there."""
    await shared.set_content(html)
    planned = entered("12.03.1990", day="1990-03-12", name="Born", kind="date", date_format="DD.MM.YYYY")
    assert not (await read_back(shared, planned)).matches
    await fill(shared, planned, FILES)
    found = await read_back(shared, planned)
    assert (found.matches, found.found) == (True, "12.03.1990")
    assert (
        await shared.evaluate("() => [...document.querySelectorAll('input, select')].map((each) => each.value)") == held
    )


async def test_a_long_page_is_read_in_time(shared: Page) -> None:
    """However many texts and controls there are: what is beside what is measured for the words in question only."""
    shared.set_default_timeout(10_000)
    await shared.set_content(
        "<p>Words, words</p>" * 10_000 + "<p><label>A <input></label>" * 300 + TABLE.format("B", "C")
    )
    planned = entered("x", name="C")
    await fill(shared, planned, FILES)
    assert (await read_back(shared, planned)).matches


async def test_a_frame_of_another_origin_is_filled_only_if_the_map_names_it(shared: Page, site: Site) -> None:
    """By its name, its title or a pattern for its address; its texts are anybody's otherwise."""
    inner = site.show("<label>Name <input></label>", path="/inner").replace("127.0.0.1", "localhost")
    await shared.goto(site.show(f"<iframe name=n title='A form' src={inner}></iframe>"))
    with pytest.raises(FormChanged, match="is not on the page"):
        await fill(shared, entered("Ana", name="Name"), FILES)
    for frame in ("n", "A form", "/inner$"):
        planned = entered(frame, name="Name", frame=frame)
        await fill(shared, planned, FILES)
        assert (await read_back(shared, planned)).matches


async def test_a_form_in_a_frame_has_its_button_there(shared: Page) -> None:
    """Unless some of its controls are outside: then the frame is an editor, say."""
    await shared.set_content(
        "<button>Send</button><iframe srcdoc='<label>A <input></label><button>Send</button>'></iframe>"
    )
    button = Element(role="button", name="Send")
    begin_page(shared)
    await fill(shared, entered("x", name="A"), FILES)
    assert await element_on(shared, button).evaluate("button => button.ownerDocument !== window.top.document")
    await shared.evaluate("() => document.body.insertAdjacentHTML('afterbegin', '<label>B <input></label>')")
    await fill(shared, entered("x", name="B"), FILES)
    assert await element_on(shared, button).evaluate("button => button.ownerDocument === window.top.document")
