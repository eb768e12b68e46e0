// Calendars that open over a control in which one can only click: known by what appears, a month and its days.
//
// A month is the numbers from 1 to its last, one behind the other, under words that say which month of which year it is.
// That it has just as many days as that month is the witness that they belong together; what of other months is shown
// stands before the 1 or behind the last. Nothing that was there before the click is part of it.
(tools) => {
  const {above, around, attr, box, children, deep, drawn, is, named, nodeType, openers, quiet, single, textContent, tiny, within, words} = tools;

  // ---- months and days in words
  const KNOWN = ['en', 'de', 'ko', 'id', 'es', 'fr'];
  const names = new Map();
  const namesIn = (language) => {
    if (names.has(language)) return names.get(language);
    const found = new Map();
    for (const more of [{}, { day: 'numeric' }]) {
      for (const month of ['long', 'short']) {
        for (let number = 1; number <= 12; number += 1) {
          try {
            const parts = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC', ...more }).formatToParts(Date.UTC(2026, number - 1, 15));
            const name = parts.find(({ type }) => type === 'month').value.toLowerCase().replace(/\.$/, '');
            if (/^\p{L}+$/u.test(name)) found.set(name, number);
          } catch { /* no language */ }
        }
      }
    }
    return names.set(language, found).get(language);
  };
  const begunBy = (word, language) => {
    const numbers = [...namesIn(language)].filter(([name]) => word.length > 2 && name.startsWith(word)).map(([, number]) => number);
    return new Set(numbers).size === 1 ? numbers : [];
  };
  // The page's own language first: some words are months of others in another.
  const monthsOf = (word) => {
    const own = document.documentElement.lang || 'en';
    for (const language of [own, 'en']) {
      const found = namesIn(language).has(word) ? [namesIn(language).get(word)] : begunBy(word, language);
      if (found.length) return found;
    }
    return KNOWN.map((language) => namesIn(language).get(word)).filter(Boolean);
  };
  const inWords = (text) => [...new Set((text.normalize('NFC').toLowerCase().match(/\p{L}+/gu) || []).flatMap(monthsOf))];
  const YEAR = /(?<!\d)((?:19|20)\d\d)(?!\d)/g;
  const yearsIn = (text) => [...new Set([...text.matchAll(YEAR)].map(([, year]) => Number(year)))];
  const monthsIn = (text) => {
    const found = inWords(text);
    if (found.length) return found;
    const ways = [/(?<!\d)(\d{1,2})\s*[월月]/g, /(?<!\d)\d{4}\s*[./年년-]\s*(\d{1,2})(?!\d)/g, /(?<!\d)(\d{1,2})\s*[./-]\s*\d{4}(?!\d)/g];
    const numbers = ways.map((way) => [...text.matchAll(way)].map(([, month]) => Number(month))).find((each) => each.length) || [];
    return [...new Set(numbers)].filter((month) => month > 0 && month < 13);
  };
  const lengthOf = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  const iso = (year, month, day) => (month > 0 && month < 13 && day > 0 && day <= lengthOf(year, month)
    ? [`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`] : []);
  // Every day that a text may mean; more than one where numbers alone could be read either way.
  const daysIn = (text) => {
    const bare = text.replace(/\d{1,2}:\d\d(:\d\d)?/g, ' ');
    const numbers = (bare.match(/\d+/g) || []).map(Number);
    const [years, months] = [yearsIn(bare), inWords(bare)];
    if (months.length && years.length === 1) {
      return numbers.length === 2 ? months.flatMap((month) => iso(years[0], month, numbers.find((each) => each !== years[0]))) : [];
    }
    if (numbers.length !== 3 || months.length) return [];
    const [a, b, c] = numbers;
    if (a > 999) return iso(a, b, c);
    if (c > 999) return [...new Set([...iso(c, b, a), ...iso(c, a, b)])];
    return Math.max(a, b, c) > 99 ? [] : [...new Set([...iso(2000 + c, b, a), ...iso(2000 + c, a, b), ...iso(2000 + a, b, c)])];
  };

  // ---- what a month is made of
  const NUMBER = /^(\d{1,2})(?:[일日.])?$/;
  const shown = (element) => drawn(element) && box(element).width > 2 && box(element).height > 2
    && Element.prototype.checkVisibility.call(element, { opacityProperty: true });
  const ownText = (element) => single([...children(element)].filter((node) => nodeType(node) === 3).map(textContent).join(''));
  const numbered = () => deep(document.body, '*').filter((each) => NUMBER.test(ownText(each)) && !is(each, 'option,script,style') && shown(each));
  const numberOf = (element) => Number(NUMBER.exec(ownText(element))[1]);
  const standing = new WeakSet();
  // The number of a week stands before its seven days.
  const ofWeek = (cell) => {
    const row = above(cell, (each) => each.children.length > 6);
    return row !== null && row.children.length === 8 && within(row.children[0], cell);
  };
  const runs = () => {
    const cells = numbered().filter((each) => !standing.has(each) && !ofWeek(each));
    const found = [];
    for (let at = 0; at < cells.length; at += 1) {
      if (numberOf(cells[at]) !== 1) continue;
      let end = at + 1;
      while (end < cells.length && numberOf(cells[end]) === end - at + 1) end += 1;
      if (end - at > 27 && end - at < 32) found.push(cells.slice(at, end));
    }
    return found;
  };
  const common = (cells) => {
    let outer = around(cells[0]);
    while (outer && !(within(outer, cells[cells.length - 1]) && within(outer, cells[13]))) outer = around(outer);
    return outer;
  };
  // One of a row of seven: the name of a day of the week.
  const weekday = (element) => {
    for (let each = element, far = 0; each && far < 3; each = around(each), far += 1) {
      const row = around(each) ? [...around(each).children].filter((other) => other.localName === each.localName && single(textContent(other))) : [];
      if ((row.length === 7 || row.length === 8) && !row.some((other) => /\d/.test(textContent(other)))) return true;
    }
    return is(element, '[role=columnheader]');
  };
  const real = (select) => [...select.options].filter((each) => !each.disabled && each.value !== '');
  const ofYears = (each) => is(each, 'select') && real(each).length > 0 && real(each).every((option) => /^\d{4}\s*[년年]?$/.test(single(option.label)));
  const monthOfOption = (option) => inWords(option.label)[0] || Number((/^(\d{1,2})\s*[월月]?$/.exec(single(option.label)) || [])[1]) || 0;
  const ofMonths = (each) => is(each, 'select') && real(each).length > 0 && !ofYears(each) && real(each).every((option) => monthOfOption(option) > 0);
  const yearField = (each) => is(each, 'input') && /^\d{4}$/.test(each.value);
  const saidBy = (each) => {
    if (is(each, 'select')) return each.selectedOptions[0] ? `${single(each.selectedOptions[0].label)}${ofMonths(each) && /^\d+$/.test(single(each.selectedOptions[0].label)) ? '월' : ''}` : '';
    return yearField(each) ? each.value : ownText(each);
  };
  // The words over a month: the nearest around it that say just one month of one year.
  const readMonth = (cells, others, field) => {
    const grid = common(cells);
    const isOther = (level) => others.some((each) => each !== cells && within(level, each[0]));
    for (let level = grid, far = 0; level && far < 9 && !is(level, 'body,html') && !within(level, field) && !isOther(level); level = around(level), far += 1) {
      const pieces = deep(level, '*').filter((each) => saidBy(each) && !is(each, 'option,script,style') && drawn(each) && !weekday(each)
        && !(within(grid, each) && NUMBER.test(ownText(each))));
      const before = pieces.filter((each) => Node.prototype.compareDocumentPosition.call(each, cells[0]) & 4);
      for (const some of [before, pieces]) {
        const text = some.map(saidBy).join(' ') || '';
        const [years, months] = [yearsIn(text), monthsIn(text)];
        if (years.length === 1 && months.length === 1) {
          if (lengthOf(years[0], months[0]) !== cells.length) return null;
          return { year: years[0], month: months[0], cells, grid, level, pieces };
        }
        if (years.length && months.length) return null;
      }
      for (const text of named(level)) {
        const [years, months] = [yearsIn(text), monthsIn(text)];
        if (years.length === 1 && months.length === 1 && lengthOf(years[0], months[0]) === cells.length) return { year: years[0], month: months[0], cells, grid, level, pieces };
      }
    }
    return null;
  };
  const months = (field) => {
    const found = runs();
    return found.map((each) => readMonth(each, found, field)).filter(Boolean);
  };

  // ---- what can be clicked
  const OFF = /(^|[-_\s])(disabled|unavailable|unselectable|not-allowed|blocked|inactive)([-_\s]|$)/i;
  const off = (each) => is(each, ':disabled,[aria-disabled=true],[disabled]') || OFF.test(attr(each, 'class') || '')
    || getComputedStyle(each).pointerEvents === 'none' || getComputedStyle(each).cursor === 'not-allowed';
  const chain = (cell, { grid }) => {
    const found = [];
    for (let each = cell; each && each !== grid; each = around(each)) found.push(each);
    return found.filter((each) => deep(each, '*').filter((inner) => NUMBER.test(ownText(inner))).length < 2);
  };
  // What may send the form, or lead away from it, is never clicked on the way.
  const leads = (each) => (each.type === 'submit' && Boolean(each.form)) || (is(each, 'a[href]') && !/^(#|javascript:|$)/i.test(attr(each, 'href')));
  const taken = (cell, month) => [...chain(cell, month), ...deep(cell, '*')].some((each) => off(each) || leads(each));
  // What a cell says of its day beside the number; it must not be another.
  const contradicts = (cell, month, day) => chain(cell, month).some((each) => {
    const texts = ['aria-label', 'title', 'data-date', 'data-day', 'data-value', 'datetime'].map((name) => attr(each, name) || '');
    return texts.filter((text) => !/\dT\d/.test(text)).map(daysIn).some((days) => days.length && !days.includes(day));
  });
  const FORWARD = /next|forward|right|weiter|nächst|다음|berikut|siguiente|suivant|[>›»→▶❯⟩]/i;
  const BACK = /prev|back|left|zurück|vorherig|이전|sebelum|anterior|précédent|[<‹«←◀❮⟨]/i;
  const YEARLY = /year|jahr|année|\baño|tahun|년|(^|\s)해|double|super|[«»]/i;
  const pointed = (each) => getComputedStyle(each).cursor === 'pointer';
  const pressable = (each) => is(each, 'button,[role=button],a') || (pointed(each) && !pointed(around(each)));
  const arrowsIn = (level, { cells }) => {
    const found = deep(level, '*').filter((each) => !is(each, 'select,input,option,label') && shown(each) && !tiny(each) && pressable(each) && !leads(each)
      && box(each).width < 90 && box(each).height > 4 && !within(each, cells[0]));
    const outer = found.filter((each) => !found.some((other) => other !== each && within(other, each)));
    const said = (each) => [single(words(each)), ...['aria-label', 'title', 'class'].flatMap((name) => [each, ...deep(each, '*')].map((inner) => attr(inner, name) || ''))].join(' ');
    const arrows = outer.filter((each) => single(words(each)).length < 3 || FORWARD.test(single(words(each))) || BACK.test(single(words(each)))).map((element) => {
      const text = said(element);
      const way = FORWARD.test(text) === BACK.test(text) ? 0 : FORWARD.test(text) ? 1 : -1;
      return { element, way, yearly: YEARLY.test(text), off: off(element) };
    }).filter(({ element }) => !NUMBER.test(single(words(element))) && !weekday(element));
    arrows.sort((one, other) => box(one.element).left - box(other.element).left);
    // Without a word: the first leads back, the last on; of four the outer ones by years.
    if (arrows.every(({ way }) => !way) && /^[24]$/.test(String(arrows.length))) {
      arrows.forEach((each, n) => { each.way = n < arrows.length / 2 ? -1 : 1; each.yearly = arrows.length === 4 && (n === 0 || n === 3); });
    }
    // Where one alone leads a way, it does so by the month, however it is drawn.
    for (const each of arrows) each.yearly = each.yearly && arrows.some(({ way, yearly }) => way === each.way && !yearly);
    return arrows;
  };
  const arrowsOf = (month, field) => {
    for (let level = month.level; level && !is(level, 'body,html') && !within(level, field); level = around(level)) {
      const found = arrowsIn(level, month);
      if (found.some(({ way }) => way > 0) || found.length > 1) return found;
    }
    return [];
  };
  // Lists and fields that set the month or the year at once.
  const settersOf = (month, year, wanted) => month.pieces.flatMap((element) => {
    if (ofYears(element)) return [{ element, part: 'year', now: month.year, want: year, index: real(element).find((each) => parseInt(each.label, 10) === year)?.index ?? -1 }];
    if (ofMonths(element)) return [{ element, part: 'month', now: month.month, want: wanted, index: real(element).find((each) => monthOfOption(each) === wanted)?.index ?? -1 }];
    return yearField(element) && !element.readOnly && !element.disabled ? [{ element, part: 'year', now: month.year, want: year, index: -1, types: true }] : [];
  }).filter(({ now, want, index, types }) => now !== want && (types || index >= 0));

  // ---- ways to leave it
  const IDLE = 'h1,h2,h3,h4,h5,h6,legend,p';
  const ACTIVE = 'a,button,label,summary,input,select,textarea,[onclick],[role=button],[role=tab],[tabindex],[contenteditable]';
  const asideOf = (field, found) => {
    const dialog = above(field, (each) => is(each, 'dialog,[role=dialog],[role=alertdialog]')) || document.body;
    const levels = found.map(({ level }) => level);
    return deep(dialog, IDLE).find((each) => {
      const { left, top, width, height } = box(each);
      const hit = width && height ? document.elementFromPoint(left + width / 2, top + height / 2) : null;
      return hit && within(each, hit) && !is(hit, ACTIVE) && !above(hit, (up) => is(up, ACTIVE)) && !deep(each, ACTIVE).length && !pointed(hit)
        && !levels.some((level) => within(level, each) || within(each, level));
    });
  };
  const DONE = /^(ok|done|apply|set|confirm|select|choose|fertig|übernehmen|anwenden|auswählen|bestätigen|확인|적용|선택|완료|terapkan|pilih|selesai|oke|aceptar|aplicar|listo|valider|appliquer)$/i;
  const doneIn = (month, field) => {
    for (let level = month.level; level && !is(level, 'body,html,form') && !within(level, field); level = around(level)) {
      const found = openers(level).filter((each) => shown(each) && !tiny(each) && DONE.test(single(words(each))));
      if (found.length) return found.filter((each) => !leads(each)).slice(0, 1);
    }
    return [];
  };
  // The only button beside a field that does not open its calendar itself.
  const openerOf = (field) => {
    const outer = above(field, (each) => openers(each).some(drawn));
    const found = outer && !is(outer, 'form,body,fieldset') ? openers(outer).filter((each) => drawn(each) && each.type !== 'submit') : [];
    return found.length === 1 && deep(outer, 'input:not([type=hidden]),select,textarea').filter(drawn).length === 1 ? found : [];
  };

  const tell = (answer) => {
    const element = document.createElement('data');
    element.append(JSON.stringify(answer));
    return [element];
  };
  const answers = (field, question) => {
    const [year, wanted, day] = (question.day || '').split('-').map(Number);
    if (question.part === 'before') {
      numbered().forEach((each) => standing.add(each));
      return tell({});
    }
    if (question.part === 'opener') return field ? openerOf(field) : [];
    const found = field ? months(field) : [];
    const here = found.find((each) => each.year === year && each.month === wanted);
    const one = here || found[0];
    const cell = here && here.cells[day - 1];
    const setters = one && !here ? settersOf(one, year, wanted) : [];
    switch (question.part) {
      case 'about': {
        const now = one ? one.year * 12 + one.month - 1 : 0;
        const arrows = one && !here ? arrowsOf(one, field) : [];
        // While it opens, there may be no arrows yet.
        const ready = question.gone ? !found.length : one && now !== question.left && (here || setters.length || arrows.length);
        if (!ready && !quiet(question)) return [];
        return tell({
          open: found.length > 0, now, here: Boolean(here), offered: Boolean(cell) && !taken(cell, here) && !contradicts(cell, here, question.day),
          setter: setters[0] ? { index: setters[0].index } : null,
          arrows: arrows.map(({ way, yearly, off: blocked }) => [blocked ? 0 : way, yearly ? 12 : 1]),
        });
      }
      case 'day': return cell && !contradicts(cell, here, question.day) ? [cell] : [];
      case 'arrow': return one ? [arrowsOf(one, field)[question.number]?.element].filter(Boolean) : [];
      case 'setter': return setters.slice(0, 1).map(({ element }) => element);
      case 'done': return found.slice(0, 1).flatMap((each) => doneIn(each, field));
      default: return found.length === 0 ? [] : [asideOf(field, found)].filter(Boolean);
    }
  };
  return { answers, daysIn };
}
