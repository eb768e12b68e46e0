"""Ways in which a page can draw a value, each with what a share copy has to do about it.

Everything that shows the value is drawn in red, and nothing else is: what is left of it can be counted.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import quote

CANARY: Final = "zebulonia@example.com"
PARCEL: Final = "9400111899223197428490"

# The picture is kept and shows nothing of it, or it is left out.
Fate: TypeAlias = Literal["covered", "withheld"]

_BACK = CANARY[::-1]
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="22"><text fill="red" y="16">{CANARY}</text></svg>'
_DATA = f"data:image/svg+xml,{quote(_SVG)}"
_LOADED = "await new Promise(done => {{ img.onload = done; img.src = {source} }})"


class Way(NamedTuple):
    """HTML of the body, what becomes of it, and a script that does the rest."""

    html: str
    fate: Fate = "covered"
    script: str = ""


def _placed(axis: str, step: int) -> str:
    """The letters one by one, out of order in the source, in order on the screen."""
    order = sorted(range(len(CANARY)), key=lambda place: place * 8 % len(CANARY))
    letters = (f"<b style='position:absolute;{axis}:{place * step}px'>{CANARY[place]}</b>" for place in order)
    return f"<div style='position:relative;height:450px'>{''.join(letters)}</div>"


WAYS: Final = {
    "plain": Way(CANARY),
    "capitals": Way(CANARY.upper()),
    "typed": Way(f"<input style='color:red;width:300px' value='{CANARY}'>"),
    "typed into an editable text": Way(f"<div contenteditable>{CANARY}</div>"),
    "a button's caption": Way(f"<input type=submit style='color:red' value='{CANARY}'>"),
    "placeholder": Way(f"<style>::placeholder{{color:red}}</style><input size=40 placeholder='{CANARY}'>"),
    "alt of a broken image": Way(
        f"<img style='width:320px;height:22px' alt='{CANARY}' src='data:image/png;base64,xx'>"
    ),
    "title": Way(f"<abbr title='{CANARY}'>hover</abbr>"),
    "unselected option of a list": Way(f"<select size=2 style='color:red'><option selected><option>{CANARY}</select>"),
    "group of a list": Way(f"<select size=3 style='color:red'><optgroup label='{CANARY}'><option></optgroup></select>"),
    "fallback of an object": Way(f"<object data='x:y' type='x/y'>{CANARY}</object>"),
    "::before": Way(f"<style>#a::before{{content:'{CANARY}'}}</style><span id=a></span>"),
    "::after of an attribute": Way(
        f"<style>#a::after{{content:attr(data-v)}}</style><span id=a data-v='{CANARY}'></span>"
    ),
    "list marker": Way(f"<ul style='margin-left:200px'><li style=\"list-style-type:'{CANARY}'\"></ul>"),
    "counter": Way(
        f"<style>@counter-style z{{system:cyclic;symbols:'{CANARY}'}}"
        "#k{counter-reset:q 1}#k::before{content:counter(q,z)}</style><p id=k></p>"
    ),
    "override from right to left": Way(f"<span style='unicode-bidi:bidi-override;direction:rtl'>{_BACK}</span>"),
    "sign of override": Way(f"\N{RIGHT-TO-LEFT OVERRIDE}{_BACK}\N{POP DIRECTIONAL FORMATTING}"),
    "letters in spans": Way("".join(f"<span style='display:inline-block'>{letter}</span>" for letter in CANARY)),
    "letters far apart": Way(" ".join(CANARY)),
    "letters out of order in a row": Way(_placed("left", 14)),
    "letters out of order in a column": Way(_placed("top", 21)),
    "letters in a reversed row": Way(
        f"<div style='display:flex;flex-direction:row-reverse'>{''.join(f'<i>{letter}</i>' for letter in _BACK)}</div>"
    ),
    "halves in a reversed row": Way(
        f"<div style='display:flex;flex-direction:row-reverse'><i>{CANARY[9:]}</i><i>{CANARY[:9]}</i></div>"
    ),
    "large first letter": Way(f"<style>p::first-letter{{font-size:50px}}</style><p>{CANARY}</p>"),
    "at and dot": Way("zebulonia at example dot com"),
    "six digits of the parcel": Way(f"ends in {PARCEL[-6:]}".replace("ends in", "")),
    "four digits of the parcel": Way(PARCEL[-4:]),
    "parcel in groups": Way(" ".join(PARCEL[at : at + 4] for at in range(0, 22, 4))),
    "near shadow": Way(f"<span style='text-shadow:1px 1px 2px red'>{CANARY}</span>"),
    "far shadow": Way(f"<span style='color:#fff;text-shadow:0 40px 0 red'>{CANARY}</span>", "withheld"),
    "mirror below": Way(
        f"<span style='display:inline-block;-webkit-box-reflect:below 9px'>{CANARY}</span>", "withheld"
    ),
    "shadow by filter": Way(f"<p style='filter:drop-shadow(0 60px 0 red)'>{CANARY}</p>", "withheld"),
    "columns": Way(f"<div style='columns:2;height:40px'><br><br><br>{CANARY}</div>", "withheld"),
    "pattern of a drawing": Way(
        f"<svg width=600 height=90><pattern id=p width=1 height=1><text fill=red y=20>{CANARY}</text></pattern>"
        "<rect fill='url(#p)' x=200 y=30 width=300 height=50 /></svg>",
        "withheld",
    ),
    "mirrored": Way(f"<span style='display:inline-block;transform:scaleX(-1)'>{CANARY}</span>"),
    "turned": Way(f"<p style='transform:rotate(8deg);margin-top:80px'>{CANARY}</p>"),
    "in space": Way(
        "<div style='perspective:200px;width:300px;margin-left:200px'>"
        f"<p style='transform:rotateY(50deg) translateZ(30px)'>{CANARY}</p></div>"
    ),
    "scaled": Way(f"<p style='transform:scale(2);transform-origin:0 0;text-shadow:1px 1px red'>{CANARY}</p>"),
    "zoomed": Way(f"<p style='zoom:1.7'>{CANARY}</p>"),
    "along a path": Way(f"<p style='offset-path:path(\"M 100 50 L 300 90\");offset-distance:50%'>{CANARY}</p>"),
    "from top to bottom": Way(f"<p style='writing-mode:vertical-rl'>{CANARY}</p>"),
    "lines without height": Way(f"<p style='font-size:30px;line-height:0;margin:40px'>{CANARY}</p>"),
    "cut short": Way(f"<p style='width:99px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>{CANARY}</p>"),
    "stroked": Way(f"<p style='-webkit-text-stroke:3px red'>{CANARY}</p>"),
    "cut out of a background": Way(f"<p style='background:red;background-clip:text;color:transparent'>{CANARY}</p>"),
    "animated": Way(
        "<style>@keyframes k{from{transform:translateX(0)}to{transform:translateX(400px)}}</style>"
        f"<p style='display:inline-block;animation:k .3s linear infinite alternate'>{CANARY}</p>"
    ),
    "animated by a script": Way(
        f"<p id=a style='position:absolute'>{CANARY}</p>",
        script="const how = {duration: 200, iterations: Infinity, direction: 'alternate'};"
        "a.animate([{left: '0px'}, {left: '400px'}], how)",
    ),
    "moved at every frame": Way(
        f"<p id=a style='position:absolute'>{CANARY}</p>",
        "withheld",
        "let n = 0; const go = () => { a.style.left = `${(n += 37) % 500}px`; requestAnimationFrame(go) }; go()",
    ),
    "shadow tree": Way(
        "<span id=s></span>", script=f"s.attachShadow({{mode: 'closed'}}).innerHTML = '<i>{CANARY}</i>'"
    ),
    "frame": Way(f"<iframe style='height:40px;border:0' srcdoc='<p style=color:red>{CANARY}'></iframe>"),
    "canvas": Way(
        "<canvas id=c width=300 height=24></canvas>",
        script="const x = c.getContext('2d'); x.fillStyle = 'red'; x.font = '16px sans-serif';"
        f"x.fillText('{CANARY}', 0, 18)",
    ),
    "picture of a canvas": Way(
        "<canvas id=c width=300 height=24 hidden></canvas><img id=img>",
        script="const x = c.getContext('2d'); x.fillStyle = 'red'; x.font = '16px sans-serif';"
        f"x.fillText('{CANARY}', 0, 18);" + _LOADED.format(source="c.toDataURL()"),
    ),
    "drawn text": Way(
        f"<svg width=600 height=90 viewBox='0 0 300 45'><text fill=red y=30 rotate=9>{CANARY}</text></svg>"
    ),
    "drawn text again": Way(
        f"<svg width=600 height=99><defs><text id=t fill=red y=20>{CANARY}</text></defs>"
        "<use href='#t' x=99 y=40 /></svg>"
    ),
    "drawn text along a path": Way(
        "<svg width=600 height=90 viewBox='0 0 300 45'><path id=p d='M10 40 Q 150 0 290 40' fill=none />"
        f"<text fill=red><textPath href='#p'>{CANARY}</textPath></text></svg>"
    ),
    "image made of text": Way("<img id=img>", script=_LOADED.format(source=f'"{_DATA}"')),
    "background made of text": Way(f"<p style='height:22px;background:url(\"{_DATA}\")'></p>"),
    "mask made of text": Way(f"<p style='height:22px;background:red;mask:url(\"{_DATA}\") no-repeat'></p>"),
    "popover": Way(f"<div popover id=p style='color:red;border:0'>{CANARY}</div>", script="p.showPopover()"),
    "reading aid": Way(f"<ruby> <rt>{CANARY}</rt></ruby>"),
    "scrolled to": Way(
        f"<div id=s style='height:22px;overflow:auto'><br><br>{CANARY}</div>", script="s.scrollTop = 99"
    ),
    "fixed at the window's end": Way(
        f"<p style='position:fixed;bottom:3px'>{CANARY}</p><div style='height:900px'></div>"
    ),
}
