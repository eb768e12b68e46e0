import $ from './jquery.js';
import select2 from 'select2';
import 'select2/dist/css/select2.css';
import { root } from './form.js';

if (typeof select2 === 'function') select2(window, $);
const options = '<option>Late<option>Lost<option>Lost and found<option>Wet';
root.innerHTML = `<p><label for="one">Reason</label> <select id="one" name="one" style="width: 200px"><option value="">${options}</select>
<p><label for="closed">Outcome</label> <select id="closed" name="closed" style="width: 200px"><option value="">${options}</select>
<p><label for="many">Reasons</label> <select id="many" name="many" multiple style="width: 300px">${options}</select>
<p><label for="made">Your reason</label> <select id="made" name="made" style="width: 200px"><option value="">${options}</select>
<p><label for="late">Found reason</label> <select id="late" name="late" style="width: 200px"></select>`;
$('#one').select2({ placeholder: 'Choose' });
$('#closed').select2({ placeholder: 'Choose', minimumResultsForSearch: Infinity });
$('#many').select2();
$('#made').select2({ tags: true, placeholder: 'Choose' });
$('#late').select2({
  placeholder: 'Choose',
  ajax: { delay: 100, transport: ({ data }, done) => setTimeout(() => done({ results:
    ['Late', 'Lost', 'Wet'].filter((each) => each.startsWith(data.term || '')).map((text) => ({ id: text, text })) }), 100) },
});
